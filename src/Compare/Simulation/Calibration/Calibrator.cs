using System.Globalization;
using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Statistics.Families;
using MathNet.Numerics.RootFinding;

namespace MarginalConditional.Compare.Simulation.Calibration;

/// <summary>Solves for baseline, effect and σ of a mechanism from what its trial is to look like.</summary>
/// <remarks>
/// Everything is an integral over the random effect: the baseline η solves E g⁻¹(η + b) = m, σ solves the correlation of two outcomes of
/// one cluster (with the baseline solved anew for every σ), and then the effect β solves E g⁻¹(η + β + b) = m₁, each to about 1e-12.
/// </remarks>
/// <param name="family">The outcome's distribution.</param>
/// <param name="link">The link.</param>
/// <param name="residualDeviation">Of continuous outcomes.</param>
/// <param name="lawOf">The law of the random effects for a σ.</param>
/// <param name="populationOf">The population for a σ; null when nothing varies but the random effects.</param>
internal sealed class Calibrator(
    Family family,
    Link link,
    double residualDeviation,
    Func<double, IEffectLaw> lawOf,
    Func<double, OutcomePopulation>? populationOf = null)
{
    /// <summary>The first σ to try.</summary>
    private const double FirstSigma = 0.1;

    /// <summary>A longer search than this finds outcomes that are sure.</summary>
    private const double LargestSigma = 1_000;

    /// <summary>A step of the search that is not worth taking any more.</summary>
    private const double SmallestStep = 1e-6;

    private const double Accuracy = 1e-13;

    private const int MostSteps = 200;

    /// <summary>Solves.</summary>
    /// <param name="target">What is asked for.</param>
    /// <param name="problem">Why there is no answer; null when there is one.</param>
    public CalibratedTrial? Solve(CalibrationTarget target, out CalibrationProblem? problem)
    {
        problem = Domain(target);
        if (problem is not null)
        {
            return null;
        }

        var sigma = target.Sigma ?? Sigma(target, out problem);
        if (problem is not null)
        {
            return null;
        }

        var population = Population(sigma);
        var baseline = target.BaselineScale.Predictor(target.Baseline, link, population);
        if (!double.IsFinite(baseline))
        {
            problem = new CalibrationProblem(
                "baseline", Sentence($"No predictor gives {target.BaselineScale} {target.Baseline} under {lawOf(sigma)} effects."));
            return null;
        }

        var control = population.ControlMean(baseline);
        var coefficients = new List<double>();
        foreach (var value in target.FurtherEffects.Prepend(target.Effect))
        {
            coefficients.Add(Effect(target.EffectScale, value, baseline, control, population, out problem));
            if (problem is not null)
            {
                return null;
            }
        }

        return new CalibratedTrial(
            baseline, coefficients[0], sigma, control, population.TreatedMean(baseline + coefficients[0]), population.Icc(baseline))
        {
            FurtherEffects = [.. coefficients.Skip(1)],
        };
    }

    private double Effect(
        EffectScale scale, double value, double baseline, double control, OutcomePopulation population, out CalibrationProblem? problem)
    {
        problem = null;
        var treated = scale.TreatedMean(value, control, link);
        if (!scale.IsConditional && !family.IsMeanValid(treated))
        {
            var domain = family == Family.Binomial ? "a risk lies between 0 and 1" : "it must be positive";
            problem = new CalibrationProblem(
                "effect",
                Sentence($"With a mean of {control:0.####} under control, {scale} {value} would need a mean of ")
                    + Sentence($"{treated:0.####} under treatment; {domain}."));
            return double.NaN;
        }

        var effect = scale.Solve(value, baseline, link, population);
        problem = double.IsFinite(effect)
            ? null
            : new CalibrationProblem("effect", Sentence($"No coefficient gives {scale} {value} here."));
        return effect;
    }

    private OutcomePopulation Population(double sigma) =>
        populationOf?.Invoke(sigma) ?? new OutcomePopulation(family, link, residualDeviation, lawOf(sigma));

    private CalibrationProblem? Domain(CalibrationTarget target)
    {
        if (target.BaselineScale.IsMean && !(family.IsMeanValid(target.Baseline) && double.IsFinite(link.Predictor(target.Baseline))))
        {
            var mean = family == Family.Binomial ? "a risk, between 0 and 1" : "a positive mean";
            return new CalibrationProblem(
                "baseline", Sentence($"The setting baseline is {target.Baseline}; as a {target.BaselineScale} it must be {mean}."));
        }

        var ratio = target.FurtherEffects.Prepend(target.Effect).Min();
        if (target.EffectScale.IsRatio && ratio <= 0)
        {
            return new CalibrationProblem(
                "effect", Sentence($"The setting effect is {ratio}; as a ratio ({target.EffectScale}) it must be positive."));
        }

        return target.Icc is not null && target.IccScale == IccScale.Latent && Latent is null
            ? new CalibrationProblem(
                "icc-scale", Sentence($"With a {link} link no latent variable has an ICC: the icc-scale must be outcome."))
            : null;
    }

    /// <summary>The variance beside σ² on the scale of the link; null when there is none.</summary>
    private double? Latent => family == Family.Gaussian ? residualDeviation * residualDeviation : link.LatentVariance;

    private double Sigma(CalibrationTarget target, out CalibrationProblem? problem)
    {
        problem = null;
        var icc = target.Icc ?? throw new ArgumentException("Either sigma or the ICC has to be given.", nameof(target));
        if (icc == 0)
        {
            return 0;
        }

        if (target.IccScale == IccScale.Latent)
        {
            return Math.Sqrt(icc / (1 - icc) * Latent!.Value);
        }

        double At(double sigma)
        {
            var population = Population(sigma);
            return population.Icc(target.BaselineScale.Predictor(target.Baseline, link, population));
        }

        // Steps double while the correlation exists and is too small, and are halved where it does not exist any more.
        var (low, step, largest) = (0.0, FirstSigma, 0.0);
        while (low + step <= LargestSigma && step > SmallestStep * (low + step))
        {
            var reached = At(low + step);
            if (double.IsNaN(reached))
            {
                step /= 2;
                continue;
            }

            if (reached >= icc)
            {
                return Brent.FindRoot(sigma => sigma == 0 ? -icc : At(sigma) - icc, low, low + step, Accuracy, MostSteps);
            }

            largest = Math.Max(largest, reached);
            low += step;
            step *= 2;
        }

        problem = new CalibrationProblem(
            "icc",
            Sentence($"The setting icc is {icc}; with this baseline the outcomes of {lawOf(1).Name} effects have a correlation ")
                + Sentence($"of at most about {largest:0.####}."));
        return double.NaN;
    }

    private static string Sentence(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
