//! A claim's parts: what `&&`, `||` and `!` put together is shown part by part when it is false.

use std::ops::Range;

use syn::spanned::Spanned as _;
use syn::{BinOp, Expr, UnOp};

/// What a claim is made of; ranges are bytes of its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Something true or false.
    Plain(Range<usize>),
    /// An expression that compares.
    Comparison(Comparison),
    /// `!…`
    Not(Box<Self>),
    /// `… && …` or `… || …`
    Both(Box<Self>, &'static str, Box<Self>),
}

/// An expression that compares: bytes of its sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// What stands before the operator.
    pub left: Range<usize>,
    /// The operator.
    pub operator: &'static str,
    /// What stands behind it.
    pub right: Range<usize>,
}

impl Claim {
    /// The parts of an expression.
    pub fn of(expression: &Expr) -> Self {
        match expression {
            Expr::Paren(inner) => Self::of(&inner.expr),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_)) => Self::Not(Box::new(Self::of(&unary.expr))),
            Expr::Binary(binary) => {
                let operator = match binary.op {
                    BinOp::And(_) => "&&",
                    BinOp::Or(_) => "||",
                    BinOp::Eq(_) => "==",
                    BinOp::Ne(_) => "!=",
                    BinOp::Lt(_) => "<",
                    BinOp::Le(_) => "<=",
                    BinOp::Gt(_) => ">",
                    BinOp::Ge(_) => ">=",
                    _ => return Self::Plain(expression.span().byte_range()),
                };
                if matches!(operator, "&&" | "||") {
                    return Self::Both(Box::new(Self::of(&binary.left)), operator, Box::new(Self::of(&binary.right)));
                }
                let (left, right) = (binary.left.span().byte_range(), binary.right.span().byte_range());
                Self::Comparison(Comparison { left, operator, right })
            }
            _ => Self::Plain(expression.span().byte_range()),
        }
    }
}
