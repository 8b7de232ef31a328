//! The pages that were made last, by their keys, up to so many bytes. What was
//! not asked for longest goes first.

use std::collections::{BTreeMap, HashMap};

use hyper::body::Bytes;

use super::Key;

pub struct Memory {
    pages: HashMap<String, Page>,
    /// Which page was asked for when.
    order: BTreeMap<u64, String>,
    now: u64,
    bytes: usize,
    most: usize,
}

struct Page {
    key: Key,
    bytes: Bytes,
    asked: u64,
}

impl Memory {
    pub fn new(most: usize) -> Self {
        Self {
            pages: HashMap::new(),
            order: BTreeMap::new(),
            now: 0,
            bytes: 0,
            most,
        }
    }

    /// What is remembered of a page, if anything.
    pub fn get(&mut self, path: &str) -> Option<(Key, Bytes)> {
        let page = self.pages.get_mut(path)?;
        self.now += 1;
        self.order.remove(&page.asked);
        page.asked = self.now;
        self.order.insert(self.now, path.to_owned());
        Some((page.key, page.bytes.clone()))
    }

    pub fn put(&mut self, path: &str, key: Key, bytes: Bytes) {
        self.forget(path);
        if bytes.len() > self.most / 4 {
            return;
        }
        self.now += 1;
        self.bytes += bytes.len();
        self.order.insert(self.now, path.to_owned());
        let asked = self.now;
        self.pages.insert(path.to_owned(), Page { key, bytes, asked });
        while self.bytes > self.most {
            let Some((_, oldest)) = self.order.pop_first() else {
                return;
            };
            if let Some(page) = self.pages.remove(&oldest) {
                self.bytes -= page.bytes.len();
            }
        }
    }

    fn forget(&mut self, path: &str) {
        if let Some(page) = self.pages.remove(path) {
            self.order.remove(&page.asked);
            self.bytes -= page.bytes.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_has_an_end() {
        let mut memory = Memory::new(100);
        for n in 0..10 {
            memory.put(&format!("{n}"), n, Bytes::from(vec![0; 20]));
            assert!(memory.get("0").is_some());
        }
        let kept: Vec<String> = (0..10)
            .map(|n| n.to_string())
            .filter(|n| memory.get(n).is_some())
            .collect();
        assert_eq!(kept, ["0", "6", "7", "8", "9"]);
        assert_eq!((memory.bytes, memory.order.len()), (100, 5));
        memory.put("0", 7, Bytes::from(vec![0; 10]));
        assert_eq!((memory.get("0").map(|p| p.0), memory.bytes), (Some(7), 90));
        memory.put("large", 1, Bytes::from(vec![0; 26]));
        assert!(memory.get("large").is_none());
    }
}
