//! Two sequences side by side: which member of the first is which of the second.

/// For each of `left` members the one of `right` that it is, in the longest common subsequence.
pub fn align(left: usize, right: usize, same: impl Fn(usize, usize) -> bool) -> Vec<Option<usize>> {
    let width = right + 1;
    // longest[i * width + j]: how many of the members from i and from j on are the same.
    let mut longest = vec![0_u32; (left + 1) * width];
    let mut equal = vec![false; left * width];
    for i in (0..left).rev() {
        for j in (0..right).rev() {
            let at = i * width + j;
            equal[at] = same(i, j);
            longest[at] =
                if equal[at] { longest[at + width + 1] + 1 } else { longest[at + width].max(longest[at + 1]) };
        }
    }
    let mut aligned = vec![None; left];
    let (mut i, mut j) = (0, 0);
    while i < left && j < right {
        let at = i * width + j;
        if equal[at] {
            aligned[i] = Some(j);
            (i, j) = (i + 1, j + 1);
        } else if longest[at + width] > longest[at + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    aligned
}

#[cfg(test)]
mod tests {
    use super::*;

    fn align_letters(left: &str, right: &str) -> Vec<Option<usize>> {
        let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
        align(left.len(), right.len(), |i, j| left[i] == right[j])
    }

    #[test]
    fn a_generated_member_takes_no_later_one() {
        assert_eq!(align_letters("aвbв", "abв"), [Some(0), None, Some(1), Some(2)]);
        assert_eq!(align_letters("ab", ""), [None, None]);
        assert_eq!(align_letters("bb", "bbb"), [Some(0), Some(1)]);
    }
}
