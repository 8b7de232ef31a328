//! Terms and where their lists are: neighbours share a file with their lists,
//! a long list has a file of its own that all its terms name.

use std::cmp::Ordering;

use super::bits::push_varint;

/// A longer list has a file of its own.
const LONG: usize = 8 * 1024;

/// Terms with their lists, divided into files.
#[derive(Default)]
pub struct Dictionary {
    /// For each block, a text that is not after its first term, and after the
    /// last of the block before.
    pub firsts: Vec<String>,
    pub blocks: Vec<Vec<u8>>,
    /// The long lists, with their terms.
    pub long: Vec<(Vec<String>, Vec<u8>)>,
}

/// The order of terms is that of JavaScript: by UTF-16 units.
pub fn order(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() {
        return a.cmp(b);
    }
    a.encode_utf16().cmp(b.encode_utf16())
}

/// A block on its way.
#[derive(Default)]
struct Block {
    terms: Vec<u8>,
    count: u32,
    last: String,
    /// The lists it holds, by their numbers outside.
    lists: Vec<u32>,
    size: usize,
}

impl Block {
    fn add(&mut self, term: &str, place: u32) {
        let shared = common_prefix(self.last.as_bytes(), term.as_bytes()).min(255);
        self.terms.push(shared as u8);
        let rest = &term.as_bytes()[shared..];
        push_varint(&mut self.terms, rest.len() as u32);
        self.terms.extend(rest);
        push_varint(&mut self.terms, place);
        self.last = term.to_owned();
        self.count += 1;
    }

    /// Number of terms, number of lists; the terms; the lengths of the lists;
    /// the lists.
    fn finish(self, lists: &[Vec<u8>]) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.size + 64);
        push_varint(&mut out, self.count);
        push_varint(&mut out, self.lists.len() as u32);
        out.extend(&self.terms);
        for list in &self.lists {
            push_varint(&mut out, lists[*list as usize].len() as u32);
        }
        for list in &self.lists {
            out.extend(&lists[*list as usize]);
        }
        out
    }
}

impl Dictionary {
    /// `terms` are sorted by [`order`] and name lists; `target`: how large a
    /// block should be, in bytes.
    pub fn new(terms: &[(String, u32)], lists: &[Vec<u8>], target: usize) -> Self {
        let mut out = Self::default();
        // Long lists in the order of their first terms.
        let mut long_at: Vec<Option<u32>> = vec![None; lists.len()];
        for (n, (term, list)) in terms.iter().enumerate() {
            let bytes = &lists[*list as usize];
            if bytes.len() < LONG {
                continue;
            }
            // A term of several lists is looked up in its block, which tells all of them.
            let beside = [n.wrapping_sub(1), n + 1];
            let alone = beside
                .iter()
                .all(|n| terms.get(*n).is_none_or(|other| other.0 != *term));
            let at = *long_at[*list as usize].get_or_insert_with(|| {
                out.long.push((Vec::new(), bytes.clone()));
                out.long.len() as u32 - 1
            });
            if alone {
                out.long[at as usize].0.push(term.clone());
            }
        }
        let mut block = Block::default();
        let mut before = String::new();
        for (term, list) in terms {
            let long = long_at[*list as usize];
            let held = block.lists.iter().rposition(|l| l == list);
            let size = if long.is_some() || held.is_some() {
                0
            } else {
                lists[*list as usize].len() + 2
            };
            if block.count > 0 && block.size + size > target {
                out.blocks.push(std::mem::take(&mut block).finish(lists));
            }
            if block.count == 0 {
                out.firsts.push(separator(&before, term));
            }
            let place = match long {
                Some(at) => at << 1 | 1,
                None => {
                    let at = block.lists.iter().rposition(|l| l == list).unwrap_or_else(|| {
                        block.lists.push(*list);
                        block.size += size;
                        block.lists.len() - 1
                    });
                    (at as u32) << 1
                }
            };
            let length = block.terms.len();
            block.add(term, place);
            block.size += block.terms.len() - length;
            before.clone_from(term);
        }
        if block.count > 0 {
            out.blocks.push(block.finish(lists));
        }
        out
    }
}

fn common_prefix(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take_while(|(x, y)| x == y).count()
}

/// The shortest beginning of `term` that comes after `before`.
fn separator(before: &str, term: &str) -> String {
    if before.is_empty() {
        return String::new();
    }
    term.char_indices()
        .map(|(at, c)| &term[..at + c.len_utf8()])
        .find(|start| order(before, start) == Ordering::Less)
        .unwrap_or(term)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_divided_and_long_lists_stand_alone() {
        let lists = [vec![1; 40], vec![2; LONG + 1], vec![3; 40], vec![4; 40]];
        let terms = [
            ("mill", 0),
            ("milled", 1),
            ("mills", 0),
            ("pond", 2),
            ("ponds", 1),
            ("port", 3),
        ]
        .map(|(t, l)| (t.to_owned(), l));
        let dictionary = Dictionary::new(&terms, &lists, 90);
        assert_eq!(dictionary.firsts, ["", "p", "por"]);
        assert_eq!(dictionary.long.len(), 1);
        assert_eq!(dictionary.long[0].0, ["milled", "ponds"]);
        let block = &dictionary.blocks[0];
        // Three terms, one list; `mill` whole, `milled` by two letters, in the first long list.
        assert_eq!(block[..7], [3, 1, 0, 4, b'm', b'i', b'l']);
        assert_eq!(block[8..14], [0, 4, 2, b'e', b'd', 1]);
    }

    #[test]
    fn the_order_is_that_of_utf_16() {
        assert_eq!(order("\u{ffee}", "\u{1d400}"), Ordering::Greater);
        assert_eq!(order("a", "é"), Ordering::Less);
        assert_eq!(separator("plank", "planned"), "plann");
        assert_eq!(separator("plan", "planned"), "plann");
    }
}
