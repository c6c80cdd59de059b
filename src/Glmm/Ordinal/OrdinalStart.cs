using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Optimization;
using MarginalConditional.Statistics.Ordinal;
using MarginalConditional.Statistics.Separation;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>
/// The cumulative model without random effects, by Newton's method on the exact information: where the mixed model starts.
/// </summary>
/// <remarks>The log-likelihood is concave for the links there are (Pratt 1981).</remarks>
internal sealed class OrdinalStart : NewtonClimb
{
    private const int MaximumIterations = 100;

    /// <summary>A standard error of a scaled parameter beyond which the outcomes may be separated.</summary>
    private const double SuspiciousError = 30;

    /// <summary>What a random intercept's standard deviation starts from, as a share of the latent one.</summary>
    private const double Share = 0.4;

    private const double SlopeDeviation = 0.3;

    private readonly OrdinalModel model;
    private readonly Convergence convergence;
    private readonly double[] upperRow;
    private readonly double[] lowerRow;

    /// <summary>Fits the model without random effects.</summary>
    public OrdinalStart(OrdinalModel model)
        : base(
            model.Layout.Count,
            new ClimbRules { LongestStep = model.Options.Tolerances.LongestStep, Loss = model.Options.Tolerances.Loss })
    {
        this.model = model;
        (upperRow, lowerRow) = (new double[Count], new double[Count]);
        convergence = Climb(FirstGuess(), MaximumIterations, model.Options.Tolerances.StartDistance);
    }

    /// <summary>What the fixed part separates; null when outcomes overlap, or a penalty holds the slopes.</summary>
    public SeparatedRows? Separated()
    {
        if (model.Precisions.Length > 0)
        {
            return null;
        }

        var inverse = new double[Count * Count];
        var regular = convergence.Converged && Cholesky.TryInvert(Information, Count, new double[Count * Count], inverse);
        var largest = 0.0;
        for (var j = 0; j < Count; j++)
        {
            largest = Math.Max(largest, inverse[j * (Count + 1)]);
        }

        return regular && largest < SuspiciousError * SuspiciousError ? null : FindSeparated();
    }

    /// <summary>The starting point of the mixed model: coefficients stretched to the conditional scale, moderate deviations.</summary>
    public double[] MixedStart()
    {
        var link = model.Options.Link;
        var deviation = Share * Math.Sqrt(link.LatentVariance / model.Levels.Count);
        var stretch = Math.Sqrt(1 + (Share * Share));
        var start = new double[model.Map.ParameterCount];
        for (var j = 0; j < Count; j++)
        {
            start[j] = stretch * Parameters[j];
        }

        var place = Count;
        foreach (var level in model.Levels)
        {
            for (var e = 0; e < level.Factor.ParameterCount; e++, place++)
            {
                start[place] = level.Factor.Rows[e] != level.Factor.Columns[e] ? 0
                    : level.Factor.Rows[e] == 0 ? deviation
                    : Math.Min(deviation, SlopeDeviation);
            }
        }

        return start;
    }

    /// <inheritdoc/>
    protected override double Evaluate(ReadOnlySpan<double> point, Span<double> gradient, Span<double> information)
    {
        gradient.Clear();
        information.Clear();
        var rows = model.Rows;
        var value = 0.0;
        for (var i = 0; i < rows.Codes.Length; i++)
        {
            var upper = Point(point, i, rows.Codes[i], upperRow);
            var lower = Point(point, i, rows.Codes[i] - 1, lowerRow);
            if (!(lower < upper))
            {
                return double.NegativeInfinity;
            }

            var terms = CategoryTerms.Of(model.Options.Link, lower, upper);
            var weight = rows.Weights[i];
            value += weight * terms.LogProbability;
            Dense.AddScaled(weight * terms.Upper, upperRow, gradient);
            Dense.AddScaled(weight * terms.Lower, lowerRow, gradient);
            for (var a = 0; a < Count; a++)
            {
                var line = information.Slice(a * Count, Count);
                Dense.AddScaled(-weight * ((terms.UpperUpper * upperRow[a]) + (terms.UpperLower * lowerRow[a])), upperRow, line);
                Dense.AddScaled(-weight * ((terms.UpperLower * upperRow[a]) + (terms.LowerLower * lowerRow[a])), lowerRow, line);
            }
        }

        return value + Penalize(point, gradient, information);
    }

    private double Penalize(ReadOnlySpan<double> point, Span<double> gradient, Span<double> information)
    {
        var penalty = 0.0;
        for (var j = 0; j < model.Precisions.Length; j++)
        {
            penalty -= 0.5 * model.Precisions[j] * point[j] * point[j];
            gradient[j] -= model.Precisions[j] * point[j];
            information[j * (Count + 1)] += model.Precisions[j];
        }

        return penalty;
    }

    /// <summary>The point of a threshold of a row and its derivative; ∞ or −∞ beyond the ends.</summary>
    private double Point(ReadOnlySpan<double> parameters, int row, int threshold, Span<double> derivative)
    {
        var layout = model.Layout;
        derivative.Clear();
        if (threshold < 0 || threshold == layout.Thresholds)
        {
            return threshold < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        derivative[threshold] = 1;
        for (var j = 0; j < layout.Shared.Length; j++)
        {
            derivative[layout.Thresholds + j] = -model.Rows.Shared[(row * layout.Shared.Length) + j];
        }

        for (var c = 0; c < layout.Nominal.Length; c++)
        {
            derivative[layout.NominalPlace(c, threshold)] = -model.Rows.Nominal[(row * layout.Nominal.Length) + c];
        }

        return Dense.Dot(derivative, parameters) - model.Rows.Offsets[row];
    }

    /// <summary>Thresholds at the frequencies of the outcomes, no slopes.</summary>
    private double[] FirstGuess()
    {
        var (rows, thresholds) = (model.Rows, model.Layout.Thresholds);
        var counts = new double[thresholds + 1];
        var (total, offset) = (0.0, 0.0);
        for (var i = 0; i < rows.Codes.Length; i++)
        {
            counts[rows.Codes[i]] += rows.Weights[i];
            total += rows.Weights[i];
            offset += rows.Weights[i] * rows.Offsets[i];
        }

        var guess = new double[Count];
        var below = 0.0;
        for (var k = 0; k < thresholds; k++)
        {
            below += counts[k];
            guess[k] = model.Options.Link.Quantile(below / total) + (offset / total);
        }

        return guess;
    }

    /// <summary>
    /// A row of category y asks for a larger point of the threshold above and a smaller one of that below: two rows of two-sided outcomes.
    /// </summary>
    private SeparatedRows? FindSeparated()
    {
        var rows = model.Rows;
        var thresholds = model.Layout.Thresholds;
        var ends = 2 * rows.Codes.Length;
        var design = new double[ends * Count];
        var sides = new RowSide[ends];
        for (var i = 0; i < ends; i++)
        {
            var (row, threshold) = (i / 2, rows.Codes[i / 2] - (i % 2));
            sides[i] = threshold < 0 || threshold == thresholds || rows.Weights[row] == 0 ? RowSide.LeftOut
                : i % 2 == 0 ? RowSide.Above
                : RowSide.Below;
            if (sides[i] != RowSide.LeftOut)
            {
                Point(Parameters, row, threshold, upperRow);
                for (var j = 0; j < Count; j++)
                {
                    design[(j * ends) + i] = upperRow[j];
                }
            }
        }

        return SeparatedRows.Find(design, Count, sides);
    }
}
