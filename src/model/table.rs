//! Rows and the ids that name them. An id is only ever used with the table
//! that gave it.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// The number of a row in the [`Table`] of its kind.
pub struct Id<T> {
    n: u32,
    kind: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The id that the row will have which is pushed as the `n`th, from 0.
    pub fn from_index(n: usize) -> Self {
        Self {
            n: n as u32,
            kind: PhantomData,
        }
    }

    pub fn index(self) -> usize {
        self.n as usize
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.n == other.n
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.n.cmp(&other.n)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.n.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.n)
    }
}

impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.n)
    }
}
impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let n = u32::deserialize(deserializer)?;
        Ok(Id { n, kind: PhantomData })
    }
}

/// The rows of one kind, in their order.
///
/// They stand in blocks that copies of a table share: a copy costs next to
/// nothing, and a row that is changed in it costs a block.
#[derive(Clone, Debug)]
pub struct Table<T> {
    /// Full, but for the last.
    blocks: Vec<Arc<Vec<T>>>,
    len: usize,
}

/// How many rows stand in a block.
const BLOCK: usize = 32;

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            blocks: Vec::new(),
            len: 0,
        }
    }
}

impl<T: PartialEq> PartialEq for Table<T> {
    fn eq(&self, other: &Self) -> bool {
        let alike = |(a, b): (&Arc<Vec<T>>, &Arc<Vec<T>>)| Arc::ptr_eq(a, b) || a == b;
        self.len == other.len && self.blocks.iter().zip(&other.blocks).all(alike)
    }
}

impl<T> Table<T> {
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Id<T>, &T)> + ExactSizeIterator {
        (0..self.len).map(|n| {
            let id = Id::from_index(n);
            (id, &self[id])
        })
    }

    pub fn ids(&self) -> impl DoubleEndedIterator<Item = Id<T>> + use<T> {
        (0..self.len as u32).map(|n| Id { n, kind: PhantomData })
    }

    pub fn rows(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator {
        (0..self.len).map(|n| &self[Id::from_index(n)])
    }

    /// How many rows stand before the first of which `before` is false; it must
    /// be true of all of those, and of none behind them.
    pub fn partition_point(&self, before: impl Fn(&T) -> bool) -> usize {
        let (mut from, mut to) = (0, self.len);
        while from < to {
            let middle = from + (to - from) / 2;
            match before(&self[Id::from_index(middle)]) {
                true => from = middle + 1,
                false => to = middle,
            }
        }
        from
    }
}

impl<T: Clone> Table<T> {
    pub fn push(&mut self, row: T) -> Id<T> {
        let id = Id::from_index(self.len);
        self.len += 1;
        match self.blocks.last_mut().filter(|block| block.len() < BLOCK) {
            Some(block) => Arc::make_mut(block).push(row),
            None => {
                let mut block = Vec::with_capacity(BLOCK);
                block.push(row);
                self.blocks.push(Arc::new(block));
            }
        }
        id
    }
}

impl<T> Index<Id<T>> for Table<T> {
    type Output = T;
    fn index(&self, id: Id<T>) -> &T {
        &self.blocks[id.index() / BLOCK][id.index() % BLOCK]
    }
}

impl<T: Clone> IndexMut<Id<T>> for Table<T> {
    fn index_mut(&mut self, id: Id<T>) -> &mut T {
        &mut Arc::make_mut(&mut self.blocks[id.index() / BLOCK])[id.index() % BLOCK]
    }
}

impl<T: Serialize> Serialize for Table<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.rows())
    }
}

impl<'de, T: Deserialize<'de> + Clone> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rows<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de> + Clone> Visitor<'de> for Rows<T> {
            type Value = Table<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("rows")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Table<T>, A::Error> {
                let mut table = Table::default();
                while let Some(row) = rows.next_element()? {
                    table.push(row);
                }
                Ok(table)
            }
        }
        deserializer.deserialize_seq(Rows(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> Table<usize> {
        let mut table = Table::default();
        for n in 0..100 {
            table.push(n);
        }
        table
    }

    #[test]
    fn a_copy_keeps_its_rows() {
        let mut table = filled();
        let before = table.clone();
        table[Id::from_index(70)] = 7;
        table.push(100);
        let rows = |table: &Table<usize>| table.rows().copied().collect::<Vec<usize>>();
        assert_eq!(rows(&before), (0..100).collect::<Vec<usize>>());
        assert_eq!((table.len(), rows(&table)[70], rows(&table)[100]), (101, 7, 100));
        assert_ne!(table, before);
    }

    #[test]
    fn rows_in_order_are_divided_where_they_change() {
        let table = filled();
        for at in [0, 1, 31, 32, 33, 99, 100] {
            assert_eq!(table.partition_point(|row| *row < at), at);
        }
    }
}
