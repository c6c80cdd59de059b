using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Statistics.Inference;

/// <summary>How far the coefficients move when one cluster is left out, measured by their own covariance. Immutable.</summary>
/// <remarks>D_i = δ_iᵀC⁻¹δ_i / p with δ_i = β̂ − β̂₍ᵢ₎ and C the covariance of β̂ (Cook 1977; Preisser and Qaqish 1996).</remarks>
public sealed class CookDistances
{
    private readonly double[] values;

    private CookDistances(double[] values)
    {
        this.values = values;
        Descending = [.. Enumerable.Range(0, values.Length)
            .Where(i => double.IsFinite(values[i]))
            .OrderByDescending(i => values[i])
            .ThenBy(i => i)];
        Mean = Descending.Count == 0 ? double.NaN : Descending.Average(i => values[i]);
    }

    /// <summary>D, K values; not a number for a cluster without which the coefficients are not identified.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>The mean of those that are numbers; not a number when none is.</summary>
    public double Mean { get; }

    /// <summary>The clusters whose distance is a number, the largest first, equal ones in order.</summary>
    public IReadOnlyList<int> Descending { get; }

    /// <summary>The distances of K changes.</summary>
    /// <param name="changes">δ, K×m by rows; the first p of each row are the coefficients'.</param>
    /// <param name="width">m, at least p.</param>
    /// <param name="information">C⁻¹, p×p.</param>
    public static CookDistances Of(ReadOnlySpan<double> changes, int width, ReadOnlySpan<double> information)
    {
        var p = (int)Math.Sqrt(information.Length);
        if (p == 0 || p * p != information.Length || width < p || changes.Length % width != 0)
        {
            throw new ArgumentException(
                $"{changes.Length} changes in rows of {width} do not belong to {information.Length} entries of an information.",
                nameof(changes));
        }

        var values = new double[changes.Length / width];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Dense.QuadraticForm(information, changes.Slice(i * width, p)) / p;
        }

        return new CookDistances(values);
    }
}
