//! Written text, rendered once for every page that quotes it.
//!
//! The HTML holds no id, no address and no heading level. Where they belong
//! stands a [`Slot`], and the page that quotes the text fills it: so three
//! pages can show one paragraph, and none repeats an id of another.
//!
//! `L` is what a link says: the words of the author while a file is read, a
//! [`Target`](super::Target) once the archive is known.

use serde::{Deserialize, Serialize};
use thin_vec::ThinVec;

use super::fit::collected;

/// A stretch of text as HTML with slots.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prose<L> {
    pub html: String,
    /// In the order of their places.
    pub slots: ThinVec<Slot>,
    pub links: ThinVec<L>,
    /// Byte ranges of `html` that are plain running text, where a known name
    /// may become a link.
    pub runs: ThinVec<(u32, u32)>,
    /// Where the text may be cut: after each block at the top.
    pub cuts: ThinVec<Cut>,
}

impl<L> Default for Prose<L> {
    fn default() -> Self {
        Self {
            html: String::new(),
            slots: ThinVec::new(),
            links: ThinVec::new(),
            runs: ThinVec::new(),
            cuts: ThinVec::new(),
        }
    }
}

/// A place in the HTML that the quoting page fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Slot {
    pub at: u32,
    pub what: What,
}

/// What a slot is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum What {
    /// ` id="p-1a2b3c"`, or nothing where ids are not written.
    Anchor(Anchor),
    /// `<h4` of the depth that the page gives it, from 1.
    HeadingOpen(u8),
    HeadingClose(u8),
    LinkOpen(u32),
    LinkClose(u32),
    /// A picture, or the link that stands for one.
    Image(u32),
    /// Type and size of the paper that a link leads to.
    Facts(u32),
    /// ` id="resolved-1"` of an entry of the section's list.
    Entry(u32),
    /// Owner, due date and state of an entry.
    Tail(u32),
    /// A call of a footnote, and the note itself.
    NoteCall(u32),
    Note(u32),
}

/// The name of a paragraph: 24 bits of the digest of its text, and which of
/// several with the same text it is, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Anchor {
    pub digest: [u8; 3],
    pub repeat: u16,
}

impl Anchor {
    pub fn push_to(self, out: &mut String) {
        use std::fmt::Write;
        let [a, b, c] = self.digest;
        let _ = write!(out, "p-{a:02x}{b:02x}{c:02x}");
        if self.repeat > 1 {
            let _ = write!(out, "-{}", self.repeat);
        }
    }
}

/// The end of a block at the top: the text may stop here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cut {
    pub html: u32,
    /// How many slots stand before it.
    pub slots: u32,
    /// How many bytes of text stand before it.
    pub text: u32,
}

impl<L> Prose<L> {
    pub fn is_empty(&self) -> bool {
        self.html.is_empty() && self.slots.is_empty()
    }

    /// The same text with its links understood.
    pub fn map_links<M>(self, mut map: impl FnMut(L) -> M) -> Prose<M> {
        Prose {
            html: self.html,
            slots: self.slots,
            links: collected(self.links.len(), self.links.into_iter().map(&mut map)),
            runs: self.runs,
            cuts: self.cuts,
        }
    }

    /// Its readable words.
    pub fn text(&self) -> String {
        crate::text::escape::plain(&self.html)
    }

    /// How much text it holds, in bytes.
    pub fn text_len(&self) -> u32 {
        self.cuts.last().map_or(self.html.len() as u32, |c| c.text)
    }
}

/// One entry of a section's list: a resolution, an action, a paper, a name.
#[derive(Clone, Debug, PartialEq, Default, Hash, Serialize, Deserialize)]
pub struct Marks {
    /// Where its words stand in the HTML of the section.
    pub html: (u32, u32),
    /// Which slots are inside.
    pub slots: (u32, u32),
}
