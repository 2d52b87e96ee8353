//! Elementary functions have the bits of libm 0.2.16, whatever the C library of the machine is.

use std::hint::black_box;

type Double = fn(f64) -> f64;
type Single = fn(f32) -> f32;

/// Arguments at which glibc 2.36 gives other last bits.
const POINTS: [f64; 12] = [
    0.14585,
    0.19169999999999998,
    0.2834,
    0.101261,
    0.102619,
    0.101649,
    0.100097,
    0.103298,
    0.191762,
    0.103395,
    0.184584,
    0.109409,
];

#[test]
fn functions_of_doubles_are_the_same_everywhere() {
    let pairs: [(&str, Double, Double); 18] = [
        ("exp", f64::exp, libm::exp),
        ("exp2", f64::exp2, libm::exp2),
        ("exp_m1", f64::exp_m1, libm::expm1),
        ("ln", f64::ln, libm::log),
        ("ln_1p", f64::ln_1p, libm::log1p),
        ("log2", f64::log2, libm::log2),
        ("log10", f64::log10, libm::log10),
        ("sin", f64::sin, libm::sin),
        ("cos", f64::cos, libm::cos),
        ("tan", f64::tan, libm::tan),
        ("asin", f64::asin, libm::asin),
        ("acos", f64::acos, libm::acos),
        ("atan", f64::atan, libm::atan),
        ("sinh", f64::sinh, libm::sinh),
        ("cosh", f64::cosh, libm::cosh),
        ("tanh", f64::tanh, libm::tanh),
        ("powf", |x| x.powf(1.37), |x| libm::pow(x, 1.37)),
        ("hypot", |x| x.hypot(1.3), |x| libm::hypot(x, 1.3)),
    ];
    let thousands = (1..20_000).map(|step| f64::from(step) * 4.9e-5);
    for x in POINTS.into_iter().chain(thousands) {
        for (name, ours, known) in pairs {
            assert_eq!(ours(black_box(x)).to_bits(), known(x).to_bits(), "{name} of {x}");
        }
    }
}

#[test]
fn functions_of_singles_are_the_same_everywhere() {
    let pairs: [(&str, Single, Single); 6] = [
        ("exp", f32::exp, libm::expf),
        ("ln", f32::ln, libm::logf),
        ("sin", f32::sin, libm::sinf),
        ("cos", f32::cos, libm::cosf),
        ("tanh", f32::tanh, libm::tanhf),
        ("powf", |x| x.powf(1.37), |x| libm::powf(x, 1.37)),
    ];
    for x in (1_u16..20_000).map(|step| f32::from(step) * 2.3e-4) {
        for (name, ours, known) in pairs {
            assert_eq!(ours(black_box(x)).to_bits(), known(x).to_bits(), "{name} of {x}");
        }
    }
}

#[test]
fn the_bits_are_those_of_one_version() {
    let [exp, tanh, sin, ln, power] = [0.14585_f64, 0.101261, 0.102619, 0.101649, 0.100582].map(black_box);
    let called = [exp.exp(), tanh.tanh(), sin.sin(), ln.ln(), power.powf(1.37)].map(f64::to_bits);
    let expected = [0x3ff2832a270ad7c4, 0x3fb9d5a6bdf18bf7, 0x3fba397103d117c8, 0xc0024a32bb765818, 0x3fa603e4738abc54];
    assert_eq!(called, expected);
}
