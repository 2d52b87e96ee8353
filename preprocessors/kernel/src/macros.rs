//! Macros of the page: `show!`, and the standard error macros, which mark their text as such.

/// Shows a value, as the last expression of a cell is shown.
#[macro_export]
macro_rules! show {
    ($value:expr $(,)?) => {
        match &$value {
            value => {
                #[allow(unused_imports)]
                use $crate::{ByDebug as _, ByShow as _};
                $crate::emit((&&&$crate::Shown(value)).rich())
            }
        }
    };
}

/// Reports a value inside a sentence.
#[macro_export]
macro_rules! inline {
    ($id:literal, $format:literal, $value:expr $(,)?) => {
        match &$value {
            value => {
                #[allow(unused_imports)]
                use $crate::{AsLetter as _, AsText as _, AsValue as _};
                $crate::inline($id, (&&&$crate::Told(value)).nature(), ::std::format_args!($format, value))
            }
        }
    };
}

/// `eprintln!` whose text the page shows as an error message.
#[macro_export]
macro_rules! eprintln {
    () => { $crate::__stderr(::std::format_args!("\n")) };
    ($($text:tt)*) => { $crate::__stderr(::std::format_args!("{}\n", ::std::format_args!($($text)*))) };
}

/// `eprint!` whose text the page shows as an error message.
#[macro_export]
macro_rules! eprint {
    ($($text:tt)*) => { $crate::__stderr(::std::format_args!($($text)*)) };
}

/// `dbg!` whose text the page shows as an error message.
#[macro_export]
macro_rules! dbg {
    () => { $crate::eprintln!("[{}:{}:{}]", ::std::file!(), ::std::line!(), ::std::column!()) };
    ($value:expr $(,)?) => {
        match $value {
            value => {
                $crate::eprintln!(
                    "[{}:{}:{}] {} = {:#?}",
                    ::std::file!(), ::std::line!(), ::std::column!(), ::std::stringify!($value), &value
                );
                value
            }
        }
    };
    ($($value:expr),+ $(,)?) => { ($($crate::dbg!($value)),+,) };
}

/// A group of live cells: run for every state of its inputs, and once more as ordinary statements of the page.
#[macro_export]
macro_rules! live {
    ($group:literal; $($body:tt)*) => {
        #[allow(unused)]
        $crate::rounds($group, &|| -> $crate::Result { $($body)* Ok(()) })?;
        $crate::state($group);
        $($body)*
        $crate::settled($group);
    };
}
