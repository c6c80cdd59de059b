using System.Globalization;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm;

/// <summary>What the reader of a fit should know about its data and options, one sentence each.</summary>
internal static class GlmmWarnings
{
    /// <summary>The sentences of a model fitted with a dispersion.</summary>
    public static IEnumerable<string> Of(PreparedModel model, double dispersion)
    {
        var frame = model.Frame;
        if (model.Options.PenaltyScale is { } scale)
        {
            yield return OfPenalty(scale);
        }

        if (WholeCounts.Describe(model.Options.Family, frame.Response, frame.Trials, frame.Weights) is { } fractions)
        {
            yield return $"{fractions}: the likelihood is that of whole numbers, so standard errors and tests are those of another "
                + (model.Options.Family == Family.Binomial
                    ? "outcome. Give the numbers of trials of a proportion by --weights, or describe it by gee."
                    : "outcome. Give whole counts with --offset \"log(time)\", or describe rates by gee.");
        }

        if (model.Options.BetaBinomial && IsDispersionZero(model, dispersion))
        {
            yield return "The precision of the beta-binomial is estimated as infinite: beside the random effects the proportions vary no "
                + "more than a binomial distribution has them; --family binomial is that model.";
        }
        else if (IsDispersionZero(model, dispersion))
        {
            yield return "The dispersion of the negative binomial is estimated as zero: beside the random effects the counts vary no more "
                + "than a Poisson distribution has them; --family poisson is that model.";
        }

        if (model.Options.Family == Family.Binomial && frame.Trials.IsEmpty && frame.Weights.IsEmpty
            && model.Levels[^1] is { GroupCount: var groups } finest && groups == frame.Rows && finest.Terms[0].IsIntercept)
        {
            yield return $"Every value of {finest.Terms[0].Group} has a single outcome of yes or no: a variance between them cannot be "
                + $"told from chance, only guessed from the shape of the link. gee --corr independence describes the means without it.";
        }

        if (model.Options.Family == Family.Gaussian && model.Density.HasFreeDispersion)
        {
            foreach (var term in model.Levels.SelectMany(level => level.Terms).Where(AbsorbsResidual))
            {
                yield return $"The random effects of {term.Group} ({string.Join(", ", term.Names)}) are as many as its distinct rows, so "
                    + $"their variances cannot be told from the residual's: only the sums are determined. Leave one of the effects out.";
            }
        }
    }

    /// <summary>What a penalty does.</summary>
    /// <param name="scale">Its standard deviation for one standard deviation of a covariate.</param>
    public static string OfPenalty(double scale) => string.Create(
        CultureInfo.InvariantCulture,
        $"A normal penalty of standard deviation {scale:0.###} per standard deviation of a covariate acts on the slopes: the estimates are "
            + $"penalized, the log-likelihood is not.");

    /// <summary>A sentence where no row has a probability of an excess zero worth a name; null elsewhere.</summary>
    public static string? NoInflation(PreparedModel model, ReadOnlySpan<double> parameters) => IsInflationZero(model, parameters)
        ? "The probability of excess zeros is estimated as zero: the counts have no more zeros than the family makes of them; the model "
            + "without --zero-inflation is the same."
        : null;

    /// <summary>Whether excess zeros are there by name only.</summary>
    public static bool IsInflationZero(PreparedModel model, ReadOnlySpan<double> parameters) =>
        model.Density.IsInflated && InflationProbability.Of(model, parameters).Max() < model.Options.Tolerances.NoOverdispersion;

    /// <summary>Whether what a dispersion beside a simpler distribution adds to its variance is nothing.</summary>
    public static bool IsDispersionZero(PreparedModel model, double dispersion) =>
        model.Density.HasFreeDispersion && PreparedModel.HasExtraDispersion(model.Options)
        && dispersion * Mean(model.Options.BetaBinomial ? model.Frame.Trials : model.Frame.Response)
            < model.Options.Tolerances.NoOverdispersion;

    // D can take up the residual when no group repeats a row of Z and all groups together have no more distinct rows than effects.
    private static bool AbsorbsResidual(RandomTermDesign term)
    {
        if (!term.Correlated)
        {
            return false;
        }

        var q = term.Dimension;
        var known = new List<int>();
        var seen = new HashSet<long>();
        for (var i = 0; i < term.Groups.Length; i++)
        {
            var row = i;
            var kind = known.FindIndex(other => Enumerable.Range(0, q).All(a => term.Column(a)[other] == term.Column(a)[row]));
            if (kind < 0)
            {
                if (known.Count == q)
                {
                    return false;
                }

                kind = known.Count;
                known.Add(i);
            }

            // A group's rows need not follow one another where groupings cross.
            if (!seen.Add(((long)term.Groups[i] * q) + kind))
            {
                return false;
            }
        }

        return true;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / Math.Max(1, values.Length);
    }
}
