//! Whom and what every document concerns: fetched when a reader opens the
//! filter by person or by issue, to count the hits of each.

use serde_json::json;

use super::bits::push_varint;
use super::files::{Files, deflate, headed};
use super::segment::Segment;

/// Writes one file: the names with their ids, and for every document how many
/// it concerns and which, as gaps. None when nobody is concerned.
pub fn column<T: Copy + Ord>(
    segments: &[Segment],
    of: impl Fn(&Segment) -> &[(T, u32)],
    name: impl Fn(T) -> (String, String),
    files: &mut Files,
) -> Option<u32> {
    let mut ids: Vec<T> = segments.iter().flat_map(|s| of(s).iter().map(|f| f.0)).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return None;
    }
    let mut rest = Vec::new();
    for segment in segments {
        let mut concerned: Vec<(u32, u32)> = of(segment)
            .iter()
            .filter_map(|(id, doc)| Some((*doc, ids.binary_search(id).ok()? as u32)))
            .collect();
        concerned.sort_unstable();
        let mut left = concerned.as_slice();
        for doc in 0..segment.docs.len() as u32 {
            let here = left.iter().take_while(|c| c.0 == doc).count();
            let (these, after) = left.split_at(here);
            left = after;
            push_varint(&mut rest, here as u32);
            let mut next = 0;
            for (_, id) in these {
                push_varint(&mut rest, id - next);
                next = id + 1;
            }
        }
    }
    let names: Vec<(String, String)> = ids.into_iter().map(name).collect();
    Some(files.add(deflate(&headed(&json!({ "names": names }), &rest))))
}
