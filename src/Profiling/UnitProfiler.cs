using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Lmm;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Profiling;

/// <summary>Profiles units (hospitals, schools) by their shrunken effects in a mixed model with one random intercept.</summary>
/// <remarks>
/// Normand, Glickman and Gatsonis (1997). Effects are conditional modes with conditional standard errors: the uncertainty of the model's
/// parameters, small with many units, is not part of the intervals.
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Glmm;
/// using MarginalConditional.Profiling;
/// using MarginalConditional.Statistics.Families;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse("readmitted ~ age + (1 | unit)") });
/// var profiles = UnitProfiler.Profile(GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial }), new ProfileOptions());
/// foreach (var unit in profiles.ByEffect)
/// {
///     Console.WriteLine(unit.Label);
/// }
/// </code>
/// </example>
public static class UnitProfiler
{
    /// <summary>Profiles the units of a generalized linear mixed model.</summary>
    /// <exception cref="InputException">The model has not exactly one random intercept.</exception>
    public static UnitProfiles Profile(GlmmFit fit, ProfileOptions options, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        ArgumentNullException.ThrowIfNull(fit);
        return Profile(fit.Frame, fit.RandomEffects, fit.Coefficients, fit.Family, fit.Link, fit.Dispersion, options);
    }

    /// <summary>Profiles the units of a linear mixed model with independent residuals.</summary>
    /// <exception cref="InputException">The model has not exactly one random intercept.</exception>
    public static UnitProfiles Profile(LmmFit fit, ProfileOptions options, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        ArgumentNullException.ThrowIfNull(fit);
        return Profile(fit.Frame, fit.RandomEffects, fit.Coefficients, Family.Gaussian, Link.Identity, fit.ResidualVariance, options);
    }

    /// <summary>Profiles units from the parts of a fit.</summary>
    internal static UnitProfiles Profile(
        ModelFrame frame,
        IReadOnlyList<RandomEffectEstimate> randomEffects,
        ReadOnlySpan<double> beta,
        Family family,
        Link link,
        double dispersion,
        ProfileOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Require(options);
        RequireMean(link);
        var term = RequireOneIntercept(frame);
        var effect = randomEffects[0];
        double[] effects = [.. effect.Modes], errors = [.. effect.ModeStandardErrors];
        var z = StandardNormal.Quantile((1 + options.Level) / 2);
        var sums = UnitSums.Over(
            frame,
            term.Groups,
            beta,
            link,
            effects,
            [.. errors.Select(error => z * error)],
            effect.StandardDeviations[0]);
        var draws = UnitRanks.DrawsFor(effects.Length, options.RankDraws);
        var (ranks, rankIntervals) = UnitRanks.Of(effects, errors, draws, options);
        var reference = sums.Expected.Sum() / sums.Size.Sum();
        var units = new UnitProfile[effects.Length];
        for (var unit = 0; unit < units.Length; unit++)
        {
            CancellationScope.Check(unit);
            var crude = CrudeIntervals.Of(family, sums, unit, z);
            double expected = sums.Expected[unit], predicted = sums.Predicted[unit], size = sums.Size[unit];
            var isRatio = link != Link.Identity && expected > 0;
            var sampling = Math.Sqrt(dispersion * family.Variance(expected / size) / size);
            var shrunkenInterval = Ordered(sums.Lower[unit] / size, sums.Upper[unit] / size);
            units[unit] = new UnitProfile
            {
                Label = effect.Label(unit),
                Size = size,
                Observed = sums.Observed[unit],
                Expected = expected,
                Predicted = predicted,
                CrudeInterval = crude,
                ShrunkenInterval = shrunkenInterval,
                Effect = effects[unit],
                EffectStandardError = errors[unit],
                ShrinkageWeight = Weight(errors[unit], effect.StandardDeviations[0]),
                ObservedRatio = isRatio ? sums.Observed[unit] / expected : null,
                StandardizedRatio = isRatio ? predicted / expected : null,
                StandardizedCrudeRate = Standardized(sums.Observed[unit]),
                SamplingError = isRatio ? sampling * reference * size / expected : sampling,
                StandardizedRate = Standardized(predicted),
                StandardizedInterval = Ordered(Standardized(sums.Lower[unit]), Standardized(sums.Upper[unit])),
                ExpectedRank = ranks[unit],
                RankInterval = rankIntervals[unit],
                ProbabilityAbove = errors[unit] > 0 ? StandardNormal.Cumulative(effects[unit] / errors[unit]) : 0.5,
                Flag = Verdict(shrunkenInterval, expected / size),
                CrudeFlag = Verdict(crude, expected / size),
            };

            double Standardized(double sum) => isRatio ? reference * sum / expected : reference + ((sum - expected) / size);
        }

        return new UnitProfiles(units, effect, options)
        {
            OverallRate = sums.Observed.Sum() / sums.Size.Sum(),
            ReferenceRate = reference,
            RankDraws = draws,
        };
    }

    // The unit's share of its own estimate; a conditional error above σ can only be rounding.
    private static double Weight(double error, double deviation) =>
        deviation > 0 ? Math.Max(0, 1 - (error * error / (deviation * deviation))) : 0;

    private static UnitFlag Verdict(Interval interval, double expected) =>
        interval.Lower > expected ? UnitFlag.Above : interval.Upper < expected ? UnitFlag.Below : UnitFlag.AsExpected;

    /// <summary>Limits in ascending order, whichever way the link runs.</summary>
    private static Interval Ordered(double first, double second) => new(Math.Min(first, second), Math.Max(first, second));

    private static void Require(ProfileOptions options)
    {
        if (!(options.Level > 0 && options.Level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Level, "The level must be between 0 and 1.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(options.RankDraws, 100, nameof(options));
    }

    private static void RequireMean(Link link)
    {
        if (!MarginalMean.Exists(link))
        {
            throw new InputException(
                $"Profiling compares units with their mean, which does not exist under normal random effects with the {link} link.")
            {
                Hint = "Use another link, such as the log.",
            };
        }
    }

    private static RandomTermDesign RequireOneIntercept(ModelFrame frame) =>
        frame.RandomTerms is [{ IsIntercept: true } term]
            ? term
            : throw new InputException("Profiling needs one random intercept, the effect of the units, and no other random effect.")
            {
                Hint = "Write (1 | unit) once, with the column that names the units.",
            };
}
