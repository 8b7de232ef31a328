//! Lists that are kept take no more room than they need: a list that grew has
//! up to twice that, and one that another was made from in its place more. Most
//! of them are empty or short, so that length and capacity stand with what is
//! in them, and a list itself is one pointer.

use thin_vec::ThinVec;

/// The same list in a place that fits.
pub fn fit<T>(list: Vec<T>) -> ThinVec<T> {
    collected(list.len(), list)
}

/// A list of so many values, in a place that fits.
pub fn collected<T>(len: usize, values: impl IntoIterator<Item = T>) -> ThinVec<T> {
    let mut out = ThinVec::with_capacity(len);
    out.extend(values);
    out
}

#[cfg(test)]
mod tests {
    use thin_vec::thin_vec;

    use super::*;

    #[test]
    fn a_list_that_grew_fits() {
        let mut list = Vec::with_capacity(64);
        list.push(1u64);
        assert_eq!((fit(list.clone()), fit(list).capacity()), (thin_vec![1], 1));
    }
}
