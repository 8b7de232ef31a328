//! How much a front matter comes to once its aliases are followed. A few lines
//! of `*a` can stand for more than any memory holds, so it is counted, without
//! being kept, before it is read.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};

/// Far more than a front matter of the greatest length can say without aliases.
const MOST: usize = 1_000_000;

const TOO_MUCH: &str = "too much once its aliases are followed";

/// Whether the text says too much. A text that cannot be read says nothing.
pub fn is_too_much(text: &str) -> bool {
    // Without an alias a text says hardly more than its length.
    if text.len() < MOST / 4 && memchr::memchr(b'*', text.as_bytes()).is_none() {
        return false;
    }
    let mut left = MOST;
    let counted = Count(&mut left).deserialize(serde_yaml::Deserializer::from_str(text));
    counted.is_err_and(|error| left == 0 || error.to_string().contains(TOO_MUCH))
}

/// Takes each value, and each byte of a text, from what is left.
struct Count<'c>(&'c mut usize);

impl Count<'_> {
    fn take<E: Error>(&mut self, amount: usize) -> Result<(), E> {
        *self.0 = self.0.saturating_sub(amount);
        if *self.0 == 0 {
            Err(E::custom(TOO_MUCH))
        } else {
            Ok(())
        }
    }
}

impl<'de> DeserializeSeed<'de> for Count<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(mut self, deserializer: D) -> Result<(), D::Error> {
        self.take(1)?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Count<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(mut self, text: &str) -> Result<(), E> {
        self.take(text.len())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Count(&mut *self.0))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_key_seed(Count(&mut *self.0))?.is_some() {
            map.next_value_seed(Count(&mut *self.0))?;
        }
        Ok(())
    }

    /// A value with a tag of its own.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<(), A::Error> {
        let (IgnoredAny, value) = tagged.variant_seed(std::marker::PhantomData::<IgnoredAny>)?;
        value.newtype_variant_seed(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_are_counted_for_what_they_stand_for() {
        let square = format!(
            "a: &a [{}]\nb: [{}]\n",
            vec!["x"; 8000].join(","),
            vec!["*a"; 8000].join(",")
        );
        assert!(is_too_much(&square));
        assert!(is_too_much(&square.replace("b: ", "b: !tag ")));
        let long = format!(
            "a: &a {}\nb: [{}]\n",
            "x".repeat(20_000),
            vec!["*a"; 8000].join(",")
        );
        assert!(is_too_much(&long));
        assert!(!is_too_much(
            "a: &a {x: 1, y: [no, 2.5, null]}\nb: *a\nc: !tag {<<: *a}\n"
        ));
        assert!(!is_too_much(&format!("a: [{}]", vec!["x"; 30_000].join(","))));
        assert!(!is_too_much("a: ["));
    }
}
