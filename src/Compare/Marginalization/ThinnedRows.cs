using MarginalConditional.Data.Coding;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Marginalization;

/// <summary>The excess zeros of the rows of a model of counts: ζ = Wγ, their log odds. Immutable.</summary>
/// <remarks>See <see cref="ThinnedPredictor"/>: the mean of both parts is the link's at the predictor aη + b and the spread aτ.</remarks>
internal sealed class ThinnedRows
{
    private readonly Link link;
    private readonly double[] coefficients;

    /// <summary>Keeps a design.</summary>
    /// <param name="link">The link of the counts.</param>
    /// <param name="design">W, n×k; null for one probability.</param>
    /// <param name="coefficients">γ̂, k values.</param>
    public ThinnedRows(Link link, DesignMatrix? design, ReadOnlySpan<double> coefficients)
    {
        this.link = link;
        Design = design;
        this.coefficients = coefficients.ToArray();
    }

    /// <summary>W; null for one probability.</summary>
    public DesignMatrix? Design { get; }

    /// <summary>γ̂.</summary>
    public ReadOnlySpan<double> Coefficients => coefficients;

    /// <summary>The same on rows coded under other values.</summary>
    /// <param name="design">W; null where it is as it was.</param>
    public ThinnedRows Under(DesignMatrix? design) => design is null ? this : new ThinnedRows(link, design, coefficients);

    /// <summary>Replaces predictors and spreads of the counts by those of the means.</summary>
    /// <param name="gamma">γ; further values are ignored.</param>
    /// <param name="start">The first row.</param>
    /// <param name="predictor">η.</param>
    /// <param name="spread">τ, of the same length; empty where only predictors are wanted.</param>
    public void Thin(ReadOnlySpan<double> gamma, int start, Span<double> predictor, Span<double> spread)
    {
        for (var i = 0; i < predictor.Length; i++)
        {
            var thinned = At(gamma, start + i);
            predictor[i] = thinned.Of(predictor[i]);
            if (!spread.IsEmpty)
            {
                spread[i] *= thinned.Scale;
            }
        }
    }

    /// <summary>Turns slopes in the predictor and the spread of the means into those of the counts, and in ζ, at γ̂.</summary>
    /// <param name="predictor">η, n values.</param>
    /// <param name="spread">τ, n values.</param>
    /// <param name="predictorSlopes">In aη + b; becomes in η.</param>
    /// <param name="spreadSlopes">In aτ; becomes in τ.</param>
    /// <param name="inflationSlopes">Receives n values.</param>
    public void Slopes(
        ReadOnlySpan<double> predictor,
        ReadOnlySpan<double> spread,
        Span<double> predictorSlopes,
        Span<double> spreadSlopes,
        Span<double> inflationSlopes)
    {
        for (var i = 0; i < predictor.Length; i++)
        {
            var thinned = At(coefficients, i);
            inflationSlopes[i] = (predictorSlopes[i] * thinned.Slope(predictor[i])) + (spreadSlopes[i] * thinned.ScaleSlope * spread[i]);
            predictorSlopes[i] *= thinned.Scale;
            spreadSlopes[i] *= thinned.Scale;
        }
    }

    /// <summary>W of one row and coefficient.</summary>
    public double Value(int row, int column) => Design is null ? 1 : Design.Column(column)[row];

    private ThinnedPredictor At(ReadOnlySpan<double> gamma, int row)
    {
        var logOdds = 0.0;
        for (var k = 0; k < coefficients.Length; k++)
        {
            logOdds += gamma[k] * Value(row, k);
        }

        return ThinnedPredictor.Of(link, logOdds);
    }
}
