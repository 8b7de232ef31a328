//! Lists that are kept take no more room than they need: a list that grew has
//! up to twice that, and one that another was made from in its place more.

/// The same list in a place that fits.
pub fn fit<T>(list: Vec<T>) -> Vec<T> {
    if list.len() == list.capacity() {
        return list;
    }
    collected(list.len(), list)
}

/// A list of so many values, in a place that fits.
pub fn collected<T>(len: usize, values: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut out = Vec::with_capacity(len);
    out.extend(values);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_grew_fits() {
        let mut list = Vec::with_capacity(64);
        list.push(1u64);
        assert_eq!((fit(list.clone()), fit(list).capacity()), (vec![1], 1));
    }
}
