using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>What nodes that follow the mode of a block and its curvature add to a gradient. Scratch of one thread.</summary>
/// <remarks>cᵀdv̂ + ⟨G, dH⟩ with dv̂ = H⁻¹d(∂g); see <see cref="OrdinalIntegrator"/>.</remarks>
internal sealed class ModeGradient
{
    private readonly OrdinalRows rows;
    private readonly OrdinalBlock block;
    private readonly OrdinalSlopes slopes;
    private readonly double[] image;

    /// <summary>Allocates for the largest block.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="block">The block, at its mode when slopes are added.</param>
    /// <param name="slopes">Receives them.</param>
    public ModeGradient(OrdinalRows rows, OrdinalBlock block, OrdinalSlopes slopes)
    {
        (this.rows, this.block, this.slopes) = (rows, block, slopes);
        image = new double[rows.MaximumEffects];
    }

    /// <summary>G of nodes about the mode: −½H⁻¹ − L⁻ᵀ sym P(B) L⁻¹.</summary>
    /// <param name="factor">L, q×q.</param>
    /// <param name="q">q.</param>
    /// <param name="moments">B, q×q; empty for one node at the mode.</param>
    /// <param name="adjoint">Receives G, q×q.</param>
    /// <param name="inverse">Scratch, q×q.</param>
    public static void FormAdjoint(
        ReadOnlySpan<double> factor, int q, ReadOnlySpan<double> moments, double[] adjoint, double[] inverse)
    {
        Cholesky.Inverse(factor, q, adjoint);
        for (var i = 0; i < q * q; i++)
        {
            adjoint[i] *= -0.5;
        }

        if (moments.IsEmpty)
        {
            return;
        }

        // L⁻ᵀ S L⁻¹ with S the symmetric part of P(B): half of the smaller index pair's lower entry, on the diagonal too.
        Cholesky.InvertFactor(factor, q, inverse);
        for (var a = 0; a < q; a++)
        {
            for (var b = 0; b < q; b++)
            {
                var share = -0.5 * moments[(Math.Max(a, b) * q) + Math.Min(a, b)];
                for (var i = 0; i <= a; i++)
                {
                    Dense.AddScaled(share * inverse[(a * q) + i], inverse.AsSpan(b * q, b + 1), adjoint.AsSpan(i * q));
                }
            }
        }
    }

    /// <summary>Adds them.</summary>
    /// <param name="effects">v̂.</param>
    /// <param name="adjoint">G, effects×effects.</param>
    /// <param name="direction">c; changed.</param>
    /// <param name="withHeight">Whether the height at the mode is what is differentiated, as with one node.</param>
    public void Add(ReadOnlySpan<double> effects, ReadOnlySpan<double> adjoint, Span<double> direction, bool withHeight)
    {
        for (var r = 0; r < block.Rows; r++)
        {
            var third = block.Terms[r].ShiftShiftUpper + block.Terms[r].ShiftShiftLower;
            block.AddLoadings(r, rows.Weights[block.First + r] * slopes.Curve(r, adjoint) * third, direction);
        }

        Cholesky.Solve(block.Factor, block.Effects, direction);
        for (var r = 0; r < block.Rows; r++)
        {
            AddRow(r, effects, adjoint, direction, withHeight);
        }
    }

    /// <summary>Adds what a row's terms at the mode contribute: by the mode's movement along a direction, and by the curvature.</summary>
    private void AddRow(
        int row, ReadOnlySpan<double> effects, ReadOnlySpan<double> adjoint, ReadOnlySpan<double> direction, bool withHeight)
    {
        var terms = block.Terms[row];
        var weight = rows.Weights[block.First + row];
        var along = block.Shift(row, direction);
        var curve = slopes.Curve(row, adjoint);
        if (withHeight)
        {
            slopes.AddEnds(row, weight * terms.Upper, weight * terms.Lower);
            slopes.AddOuter(row, -weight * terms.Shift, effects);
        }

        slopes.AddEnds(
            row,
            -weight * ((along * terms.ShiftUpper) + (curve * terms.ShiftShiftUpper)),
            -weight * ((along * terms.ShiftLower) + (curve * terms.ShiftShiftLower)));
        slopes.AddOuter(
            row,
            weight * ((along * terms.ShiftShift) + (curve * (terms.ShiftShiftUpper + terms.ShiftShiftLower))),
            effects);
        slopes.AddOuter(row, -weight * terms.Shift, direction);
        slopes.Image(row, adjoint, image);
        slopes.AddOuter(row, -2 * weight * terms.ShiftShift, image);
    }
}
