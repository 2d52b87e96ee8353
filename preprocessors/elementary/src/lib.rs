//! Elementary functions of a page program: the same bits on every machine.
//!
//! `f64::exp` and its kin are calls of the C library, and no two of those agree: of a million arguments of `exp` glibc 2.36 and
//! libm 0.2.16 give other last bits for a tenth, `tanh` differs by up to three units in the last place. What a page prints would
//! depend on where it was built. A program that is linked with this crate calls these functions instead, because they have the names
//! of the C library's. Square roots, powers with whole exponents, `mul_add` and arithmetic are the same everywhere and are not here.
//!
//! The compiler computes functions of constants itself, with the C library of the machine it runs on; whoever compiles a page has to
//! forbid that: `-Cllvm-args=-disable-fp-call-folding`.

#![expect(unsafe_code, reason = "a name of the C library is what these functions are for; nothing else here is unsafe")]

/// Functions of one and of two numbers, in double and in single precision.
macro_rules! functions {
    ($($double:ident $single:ident($($x:ident),+))*) => {$(
        #[doc = concat!("`", stringify!($double), "` of C.")]
        #[unsafe(no_mangle)]
        pub extern "C" fn $double($($x: f64),+) -> f64 {
            libm::$double($($x),+)
        }

        #[doc = concat!("`", stringify!($single), "` of C.")]
        #[unsafe(no_mangle)]
        pub extern "C" fn $single($($x: f32),+) -> f32 {
            libm::$single($($x),+)
        }
    )*};
}

functions! {
    acos acosf(x)
    acosh acoshf(x)
    asin asinf(x)
    asinh asinhf(x)
    atan atanf(x)
    atanh atanhf(x)
    cos cosf(x)
    cosh coshf(x)
    exp expf(x)
    exp2 exp2f(x)
    expm1 expm1f(x)
    log logf(x)
    log10 log10f(x)
    log1p log1pf(x)
    log2 log2f(x)
    sin sinf(x)
    sinh sinhf(x)
    tan tanf(x)
    tanh tanhf(x)
    tgamma tgammaf(x)
    atan2 atan2f(x, y)
    hypot hypotf(x, y)
    pow powf(x, y)
}
