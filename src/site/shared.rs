//! What templates read of views in another way than text and lists: what many
//! views show, made once, digested once and turned into a value once; and HTML.

use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};
use tera::Value;

use crate::hash::{Digest, Taker};

/// A value that views share. To a template it is the value itself; in the key
/// of a page it counts by its digest.
pub struct Shared<T>(Arc<Inner<T>>);

struct Inner<T> {
    value: T,
    digest: OnceLock<Digest>,
    shown: OnceLock<Value>,
}

impl<T> Shared<T> {
    pub fn new(value: T) -> Self {
        Self(Arc::new(Inner {
            value,
            digest: OnceLock::new(),
            shown: OnceLock::new(),
        }))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.value
    }
}

impl<T: Hash> Hash for Shared<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let digest = self.0.digest.get_or_init(|| {
            let mut taker = Taker::default();
            self.0.value.hash(&mut taker);
            taker.digest()
        });
        digest.hash(state);
    }
}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(shown) = self.0.shown.get() {
            return shown.serialize(serializer);
        }
        let made = Value::try_from_serializable(&self.0.value).map_err(serde::ser::Error::custom)?;
        self.0.shown.get_or_init(|| made).serialize(serializer)
    }
}

/// Finished HTML. A template writes it as it is.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Html(pub String);

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::safe_string(&self.0).serialize(serializer)
    }
}

/// A place for one shared value of each row of a table, filled when it is
/// first asked for.
pub struct Once<T>(Vec<OnceLock<Shared<T>>>);

impl<T> Once<T> {
    /// Places for so many rows.
    pub fn new(rows: usize) -> Self {
        Self(std::iter::repeat_with(OnceLock::new).take(rows).collect())
    }

    /// The value of the `n`th row.
    pub fn get(&self, n: usize, make: impl FnOnce() -> T) -> Shared<T> {
        match self.0.get(n) {
            Some(place) => place.get_or_init(|| Shared::new(make())).clone(),
            None => Shared::new(make()),
        }
    }
}
