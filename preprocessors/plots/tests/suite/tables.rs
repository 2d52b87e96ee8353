//! Tables.

use kernel::Show;
use plots::table::{self, table};

#[test]
fn numbers_stand_on_the_right_with_the_digits_of_their_column() {
    let by_columns = table::new()
        .column("метод", ["градиентный спуск", "Ньютон"])
        .column("шагов", [12_310, 6])
        .column("ошибка", [1.2e-3, 4.0e-12])
        .column("доля", [0.9, 0.9125])
        .column("сходится", [true, false]);
    let by_rows = table(["n", "ошибка"], [(10, 0.31623), (100, f64::NAN)]).digits(3);
    let texts = [by_columns.show().to_plain(), by_rows.show().to_plain()];
    insta::assert_snapshot!(texts.join("\n\n"));
}

#[test]
#[should_panic(expected = "table: column `шагов` has 1 cells, the first one 2")]
fn columns_of_different_length_are_refused() {
    let _ = table::new().column("метод", ["GD", "SGD"]).column("шагов", [1]);
}
