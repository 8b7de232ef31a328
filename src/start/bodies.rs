//! Which body is meant: by its id, its name or one of its other names.

use super::Refusal;
use crate::assemble::names::{Found, Names};
use crate::model::{Archive, Body, BodyId};
use crate::paths::SourcePath;
use crate::text::slug;

/// The body that a clerk named.
pub fn find(archive: &Archive, text: &str) -> Result<BodyId, Refusal> {
    let names = names(archive);
    let ids = |rows: &mut dyn Iterator<Item = &Body>| {
        let ids: Vec<String> = rows.map(|body| format!("`{}`", body.id)).collect();
        ids.join(", ")
    };
    match names.find(text) {
        Found::One(id) => Ok(id),
        Found::Many(several) => {
            let several = ids(&mut several.iter().map(|id| &archive.bodies[*id]));
            Err(Refusal::new(
                format!("`{text}` may be {several}"),
                "write the id of the one that is meant",
            ))
        }
        Found::None => {
            let help = match names.nearest(text) {
                Some(near) => format!("did you mean `{near}`?"),
                None if archive.bodies.is_empty() => {
                    format!("make it first: minutebook new body \"{text}\"")
                }
                None => format!(
                    "there is {}; a new one is made by: minutebook new body \"{text}\"",
                    ids(&mut archive.bodies.iter().map(|(_, body)| body))
                ),
            };
            Err(Refusal::new(format!("there is no body called `{text}`"), help))
        }
    }
}

/// The file that a body of this id has, or would have.
pub fn file(id: &str) -> SourcePath {
    SourcePath::new(format!("content/bodies/{}.md", slug(id)))
}

fn names(archive: &Archive) -> Names<Body> {
    let mut names = Names::new(false);
    for (id, body) in archive.bodies.iter() {
        names.add(&body.id, &body.name, &body.aliases, id);
    }
    names
}
