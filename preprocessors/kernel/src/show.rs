//! Showing values: the richest form a type has, else its `Debug`.
//!
//! [`show!`](crate::show) picks by method resolution: a receiver of type `&&&Shown<&T>` finds [`ByShow`] before what another crate
//! offers for foreign types on `&Shown<&T>`, and [`ByDebug`] on `Shown<&T>` last.

use std::fmt::Debug;

use crate::channel::engine;
use crate::wire::Event;
use crate::{Part, Rich, Table};

/// A type with a form of its own on the page.
///
/// ```
/// use kernel::{Rich, Show};
/// struct Дробь(i64, i64);
/// impl Show for Дробь {
///     fn show(&self) -> Rich {
///         Rich::latex(format!(r"\frac{{{}}}{{{}}}", self.0, self.1))
///     }
/// }
/// assert_eq!(Дробь(1, 2).show().to_plain(), r"\frac{1}{2}");
/// ```
pub trait Show {
    /// The forms of the value.
    fn show(&self) -> Rich;
}

/// A value on its way to the page.
pub struct Shown<T>(pub T);

/// The first choice: the type's own form.
pub trait ByShow {
    /// The forms of the value.
    fn rich(&self) -> Rich;
}

impl<T: Show + ?Sized> ByShow for &&Shown<&T> {
    fn rich(&self) -> Rich {
        self.0.show()
    }
}

/// The last choice: `Debug`, on one line when it is short.
pub trait ByDebug {
    /// The forms of the value.
    fn rich(&self) -> Rich;
}

impl<T: Debug + ?Sized> ByDebug for Shown<&T> {
    fn rich(&self) -> Rich {
        const LINE: usize = 80;
        let line = format!("{:?}", self.0);
        Rich::text(if line.chars().count() <= LINE { line } else { format!("{:#?}", self.0) })
    }
}

/// Sends the forms of a value to the page; without an engine, prints the text.
pub fn emit(rich: Rich) {
    if rich.parts.is_empty() {
        return;
    }
    match engine() {
        Some(mut engine) => engine.tell(Event::Show(rich.parts)),
        None => println!("{}", rich.to_plain()),
    }
}

impl Show for () {
    fn show(&self) -> Rich {
        Rich::nothing()
    }
}

impl Show for Rich {
    fn show(&self) -> Rich {
        self.clone()
    }
}

impl Show for Table {
    fn show(&self) -> Rich {
        Rich { parts: vec![Part::Table(self.clone())] }
    }
}

impl<T: Show + ?Sized> Show for &T {
    fn show(&self) -> Rich {
        (**self).show()
    }
}
