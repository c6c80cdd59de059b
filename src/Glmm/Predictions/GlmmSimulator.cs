using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Parallelism;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Glmm.Predictions;

/// <summary>Draws new outcomes from a fitted mixed model: new random effects, then a new response for every row.</summary>
public static class GlmmSimulator
{
    /// <summary>
    /// One response of the frame's rows; of proportions when the fit has trials,
    /// and of means when rows of a binomial or Poisson fit have frequency weights.
    /// </summary>
    /// <param name="fit">The model to draw from.</param>
    /// <param name="stream">The random numbers.</param>
    /// <returns>The response; not a number in rows whose mean is not finite, or none that the family has.</returns>
    public static double[] Draw(GlmmFit fit, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(stream);
        var frame = fit.Frame;
        if (fit.Separated is { } separated)
        {
            // Rows that are separated have the outcome that they have.
            var rest = fit.Finite is { } finite ? Draw(finite, stream) : frame.Response.ToArray();
            for (var row = 0; row < rest.Length; row++)
            {
                rest[row] = separated.Rows[row] ? frame.Response[row] : rest[row];
            }

            return rest;
        }

        var values = LinearPredictor.Of(frame, fit.Coefficients);

        AddEffects(fit.Model.Levels, fit.Parameters[fit.Coefficients.Length..], stream, values);
        for (var i = 0; i < values.Length; i++)
        {
            var mean = fit.Link.Mean(values[i]);
            values[i] = !double.IsFinite(mean) ? double.NaN
                : fit.Options.ZeroInflation && stream.NextUniform() < fit.InflationOf(i) ? 0
                : DrawOutcome(fit, stream, mean, i);
        }

        return values;
    }

    /// <summary>Adds Zb of new random effects to the linear predictors of the rows.</summary>
    /// <param name="levels">The groupings, coarsest first.</param>
    /// <param name="parameters">Their covariance parameters as reported, and perhaps more.</param>
    /// <param name="stream">The random numbers.</param>
    /// <param name="values">Is added to, n values.</param>
    internal static void AddEffects(
        IReadOnlyList<RandomLevel> levels, ReadOnlySpan<double> parameters, RandomStream stream, Span<double> values)
    {
        var at = 0;
        foreach (var level in levels)
        {
            var theta = parameters.Slice(at, level.Reported.Count);
            for (var t = 0; t < level.Terms.Count; t++)
            {
                AddEffects(level.Terms[t], level.Reported.EntriesOf(t), theta, stream, values);
            }

            at += theta.Length;
        }
    }

    // Zb with b = Lz of every group; one normal number a column of L, column by column.
    private static void AddEffects(
        RandomTermDesign term, ReadOnlySpan<FactorEntry> entries, ReadOnlySpan<double> theta, RandomStream stream, Span<double> values)
    {
        var q = term.Dimension;
        var effects = new double[term.GroupCount * q];
        for (var g = 0; g < term.GroupCount; g++)
        {
            CancellationScope.Check();
            var z = 0.0;
            foreach (var entry in entries)
            {
                z = entry.IsDiagonal ? stream.NextNormal() : z;
                effects[(g * q) + entry.Row] += theta[entry.Parameter] * z;
            }
        }

        for (var i = 0; i < values.Length; i++)
        {
            for (var a = 0; a < q; a++)
            {
                values[i] += term.Column(a)[i] * effects[(term.Groups[i] * q) + a];
            }
        }
    }

    /// <summary>One outcome of a row given its mean, without excess zeros.</summary>
    /// <param name="fit">Whose family, dispersion, trials and weights count.</param>
    /// <param name="stream">The random numbers.</param>
    /// <param name="mean">The mean given the random effects, response scale.</param>
    /// <param name="row">The row of the fit's frame, from 0.</param>
    /// <returns>The outcome; not a number for a mean that the family does not have, as a link that is not its own may give.</returns>
    public static double DrawOutcome(GlmmFit fit, RandomStream stream, double mean, int row)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(stream);
        if (!IsPossible(fit.Family, mean))
        {
            return double.NaN;
        }

        // A row of weight w stands for w outcomes: the likelihood of counts needs their mean.
        var weight = fit.Frame.Weights.IsEmpty ? 1 : fit.Frame.Weights[row];
        var trials = fit.Frame.WeightTimesTrials(row);
        return fit.Family switch
        {
            _ when fit.Options.BetaBinomial => BetaBinomial(stream, mean, fit.Dispersion, fit.Frame.Trials[row], weight),
            var family when family == Family.Binomial => trials == 1 ? stream.NextBernoulli(mean)
                : trials > 0 ? stream.NextBinomial(Math.Round(trials), mean) / Math.Round(trials)
                : 0,
            var family when family == Family.Poisson => weight > 0 ? stream.NextPoisson(weight * mean) / weight : 0,
            var family when family == Family.Gamma => stream.NextGamma(1 / fit.Dispersion) * mean * fit.Dispersion,
            Family.NegativeBinomialFamily => stream.NextNegativeBinomial(mean, 1 / fit.Dispersion),
            var family when family == Family.InverseGaussian => InverseGaussian(stream, mean, fit.Dispersion),
            _ => mean + (Math.Sqrt(fit.Dispersion) * stream.NextNormal()),
        };
    }

    // The ends of a range are reached by rounding; outcomes there are certain.
    private static bool IsPossible(Family family, double mean) =>
        family == Family.Gaussian || (mean >= 0 && (family != Family.Binomial || mean <= 1));

    // The mean of as many rows as the weight says, each with a probability of its own.
    private static double BetaBinomial(RandomStream stream, double mean, double dispersion, double trials, double weight)
    {
        var copies = Math.Round(weight);
        var events = 0.0;
        for (var copy = 0.0; copy < copies; copy++)
        {
            var up = stream.NextGamma(mean / dispersion);
            var share = up / (up + stream.NextGamma((1 - mean) / dispersion));
            events += stream.NextBinomial(trials, double.IsNaN(share) ? stream.NextBernoulli(mean) : share);
        }

        return copies > 0 && trials > 0 ? events / (copies * trials) : 0;
    }

    // The smaller root of a chi-squared transformation, or its conjugate (Michael, Schucany and Haas 1976).
    private static double InverseGaussian(RandomStream stream, double mean, double dispersion)
    {
        var z = stream.NextNormal();
        var spread = 0.5 * mean * dispersion * z * z;
        var root = mean / (1 + spread + Math.Sqrt(spread * (2 + spread)));
        return stream.NextUniform() * (mean + root) <= mean ? root : mean * mean / root;
    }
}
