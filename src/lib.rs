//! minutebook: a folder of Markdown minutes in, a linked public record out.
//!
//! The modules stand in the order of the flow: files are read (`source`),
//! each becomes a document (`document`), all together an archive (`assemble`,
//! `model`), the archive a plan of pages (`site`), and every page its bytes
//! (`outlets`, `theme`), which are written to a folder (`output`). `check` asks
//! whether what the records say makes sense. `build` knows the order, and
//! nothing else does; `serve` shows what it made. `start` makes the files that a
//! clerk goes on from; `import` those of what was kept elsewhere.

#![forbid(unsafe_code)]

pub mod assemble;
pub mod build;
pub mod check;
pub mod config;
pub mod document;
pub mod hash;
pub mod import;
pub mod model;
pub mod outlets;
pub mod output;
pub mod paths;
pub mod report;
pub mod serve;
pub mod site;
pub mod source;
pub mod start;
pub mod text;
pub mod theme;
