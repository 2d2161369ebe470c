//! Light at the middles of modules → what they say, in spite of blur.
//!
//! Where a lens or a press has spread the modules, thresholds for pixels fail before the modules
//! are lost: at their middles, what their neighbours spill into them can be taken off again.

use super::picture::Gray;
use super::symbols::{Reading, read_modules};

/// How much of each neighbour's light is taken from a module's, against blur.
const SPILLS: [f64; 3] = [0.0, 0.12, 0.25];
/// Modules around one, on each side, whose mean decides whether it is dark.
const AROUND: usize = 4;

/// Reads a symbol from a picture that has a pixel for each of its modules.
pub(super) fn read(middles: &Gray) -> Option<Reading> {
    SPILLS.into_iter().find_map(|spill| read_modules(&dark(middles, spill)))
}

/// Which modules are dark: darker than the mean around.
fn dark(middles: &Gray, spill: f64) -> Vec<Vec<bool>> {
    let side = usize::try_from(middles.width).unwrap_or_default().max(1);
    let lights: Vec<Vec<f64>> =
        middles.luma.chunks(side).map(|row| row.iter().copied().map(f64::from).collect()).collect();
    let sharp = mapped(&lights, |row, column, light| {
        let near = mean_around(&lights, (row, column), 1);
        // The mean around has nine parts, one of them the module itself.
        light - spill * (9.0 * near - 9.0 * light)
    });
    mapped(&sharp, |row, column, light| light < mean_around(&sharp, (row, column), AROUND))
}

fn mapped<T>(lights: &[Vec<f64>], to: impl Fn(usize, usize, f64) -> T) -> Vec<Vec<T>> {
    let row = |(row, lights): (usize, &Vec<f64>)| {
        lights.iter().enumerate().map(|(column, &light)| to(row, column, light)).collect()
    };
    lights.iter().enumerate().map(row).collect()
}

fn mean_around(lights: &[Vec<f64>], (row, column): (usize, usize), reach: usize) -> f64 {
    let rows = lights.get(row.saturating_sub(reach)..).unwrap_or_default();
    let near = rows.iter().take(reach + 1 + row.min(reach)).flat_map(|lights| {
        let lights = lights.get(column.saturating_sub(reach)..).unwrap_or_default();
        lights.iter().take(reach + 1 + column.min(reach))
    });
    let (sum, count) = near.fold((0.0, 0.0), |(sum, count), light| (sum + light, count + 1.0));
    sum / f64::max(count, 1.0)
}
