//! The page of a decision taken outside a meeting.

use serde::Serialize;

use super::frame::{Crumb, Frame, Link, Make, Name, crumb};
use super::item::Shown;
use super::parts::{self, Piece, Rest, SectionBlock};
use super::rows;
use crate::model::*;
use crate::site::{Ids, Site};

/// A decision taken outside a meeting.
#[derive(Serialize, Hash)]
pub struct DecisionView<'a> {
    pub page: Frame<'a>,
    /// What was decided.
    pub title: &'a str,
    /// The day it was taken.
    pub date: String,
    /// `officer`, `member` or `urgent`.
    pub maker_kind: Option<&'a str>,
    /// The office of who decided.
    pub maker_role: Option<&'a str>,
    /// Who decided, when a person is named.
    pub maker: Option<Name>,
    /// The body it was decided for.
    pub body: Option<Link>,
    /// Whether it is a key decision.
    pub key: Option<bool>,
    /// Until which day it can be called in.
    pub call_in: Option<String>,
    /// The day from which it holds.
    pub effective: Option<String>,
    /// Its state, as it was written.
    pub status: Option<&'a str>,
    /// The authority's own reference.
    pub reference: Option<&'a str>,
    /// The issues it belongs to.
    pub issues: Vec<Link>,
    /// Withheld, and why.
    pub exempt: Option<&'a str>,
    /// Its text, in pieces.
    pub text: Vec<Piece>,
    /// The same, section by section. For a theme with templates of its own.
    pub sections: Vec<SectionBlock>,
}

pub fn view<'a>(site: &Site<'a>, id: DecisionId) -> DecisionView<'a> {
    let decision = &site.archive.decisions[id];
    let shown = Shown {
        ids: Ids::Bare,
        level: 2,
        longest: None,
        issue: None,
        apart: false,
    };
    let told = parts::sections(
        site,
        &decision.sections,
        &shown,
        None,
        (String::new(), Rest::default()),
    );
    let text = decision
        .sections
        .iter()
        .map(|s| site.plain(&s.text))
        .find(|t| !t.is_empty());
    let register = site.offers.shelf("decisions").map(|_| crumb(site, "decisions"));
    let body = decision.body.map(|b| rows::body(site, b).into());
    let crumbs: Vec<Crumb> = register.into_iter().chain(body).collect();
    let page = Make {
        kind: "decision",
        section: "decisions",
        title: decision.title.clone(),
        description: text.unwrap_or_else(|| decision.title.clone()),
        url: site.routes.decision(id),
        crumbs,
        changed: Some(decision.date).filter(|day| *day <= site.today),
    };
    DecisionView {
        page: page.frame(site, Some(&decision.source)),
        title: &decision.title,
        date: decision.date.to_string(),
        maker_kind: decision.maker_kind.as_deref(),
        maker_role: decision.maker_role.as_deref(),
        maker: decision
            .maker
            .as_ref()
            .map(|(id, name)| rows::person(site, *id, name)),
        body: decision.body.map(|b| rows::body(site, b)),
        key: decision.key,
        call_in: decision.call_in.map(|d| d.to_string()),
        effective: decision.effective.map(|d| d.to_string()),
        status: decision.status.as_deref(),
        reference: decision.reference.as_deref(),
        issues: decision.issues.iter().map(|i| rows::issue(site, *i)).collect(),
        exempt: decision.exempt.as_ref().map(|e| e.reason.as_str()),
        text: told.text,
        sections: told.sections,
    }
}
