using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Profiles;

/// <summary>What profiles need of a fitted mixed model of any kind: its fixed part comes first in ψ, then its random terms.</summary>
internal abstract class ProfiledFit
{
    /// <summary>Where the iteration ended.</summary>
    public abstract Solution Solution { get; }

    /// <summary>The change of variables of the fixed part.</summary>
    public abstract IFixedScaling Scaling { get; }

    /// <summary>The groupings, coarsest first.</summary>
    public abstract IReadOnlyList<RandomLevel> Levels { get; }

    /// <summary>The random effects, in the order of the levels' terms.</summary>
    public abstract IReadOnlyList<RandomEffectEstimate> RandomEffects { get; }

    /// <summary>The p parameters of the fixed part, in the data's units.</summary>
    public abstract ReadOnlySpan<double> Fixed { get; }

    /// <summary>The covariance of ψ, m×m; empty when there is none.</summary>
    public abstract ReadOnlySpan<double> JointCovariance { get; }

    /// <summary>The thresholds on the way.</summary>
    public abstract GlmmTolerances Tolerances { get; }

    /// <summary>The largest number of iterations of a climb.</summary>
    public abstract int MaximumIterations { get; }

    /// <summary>Whether there is a maximum to fall from, at least in some directions.</summary>
    public abstract bool HasMaximum { get; }

    /// <summary>Opens the likelihood that the solution is the maximum of, at its modes.</summary>
    public abstract MarginalLikelihood Open();

    /// <summary>The model with another design in the place of a random term's: its levels, and a likelihood at modes of zero.</summary>
    public abstract (IReadOnlyList<RandomLevel> Levels, MarginalLikelihood Likelihood) With(
        RandomTermDesign term, RandomTermDesign replacement);

    /// <summary>The fit and the combination to profile instead, where the estimate of one lies at infinity in some directions.</summary>
    /// <param name="weights">p weights.</param>
    public virtual (ProfiledFit Fit, double[] Weights) Within(double[] weights) => (this, weights);

    /// <summary>How the fixed part is moved to reach another value of a combination, where a climb from a neighbour has failed.</summary>
    /// <param name="weights">p weights.</param>
    public virtual double[] Direction(double[] weights) => weights;

    /// <summary>An interval, without limits where there is no maximum to fall from.</summary>
    /// <param name="label">What the parameter is.</param>
    /// <param name="estimate">Its estimate.</param>
    /// <param name="level">The level, in (0, 1).</param>
    /// <param name="budget">What the maximizations may take.</param>
    /// <param name="held">Opens the parameter to hold.</param>
    public ProfileInterval Interval(string label, double estimate, double level, ProfileBudget budget, Func<HeldParameter> held) =>
        HasMaximum
            ? budget.Settle(new Profile(held(), Tolerances, budget).Interval(label, level))
            : new ProfileInterval(label, estimate, double.NaN, double.NaN, level);

    /// <summary>The interval of a linear combination of the fixed part.</summary>
    /// <param name="label">What it is.</param>
    /// <param name="weights">p weights, not all zero.</param>
    /// <param name="level">The level, in (0, 1).</param>
    /// <param name="budget">What the maximizations may take.</param>
    public ProfileInterval OfContrast(string label, ReadOnlySpan<double> weights, double level, ProfileBudget budget)
    {
        var held = weights.ToArray();
        return Unbounded(Interval(label, Dense.Dot(held, Fixed), level, budget, () => HeldContrast.Of(this, held)));
    }

    /// <summary>The interval with infinite limits where the search ended without one.</summary>
    public static ProfileInterval Unbounded(ProfileInterval interval) => interval with
    {
        Lower = interval.LowerIsEdge ? double.NegativeInfinity : interval.Lower,
        Upper = interval.UpperIsEdge ? double.PositiveInfinity : interval.Upper,
    };

    /// <summary>The interval of the standard deviation of one random effect.</summary>
    /// <param name="term">The term's index among the random effects.</param>
    /// <param name="effect">The effect's index among those of the term.</param>
    /// <param name="level">The level, in (0, 1).</param>
    /// <param name="budget">What the maximizations may take.</param>
    public ProfileInterval OfStandardDeviation(int term, int effect, double level, ProfileBudget budget)
    {
        var random = RandomEffects[term];
        var label = VarianceLabel.Deviation(random.Names[effect], random.Group);
        var interval = Interval(
            label, random.StandardDeviations[effect], level, budget, () => HeldDeviation.Of(this, term, effect));
        return interval.UpperIsEdge ? interval with { Upper = double.PositiveInfinity } : interval;
    }

    /// <summary>The deviance along the standard deviation of one random effect, on a grid that covers its interval.</summary>
    /// <param name="term">The term's index among the random effects.</param>
    /// <param name="effect">The effect's index among those of the term.</param>
    /// <param name="level">The level of the interval, in (0, 1).</param>
    /// <param name="budget">What the maximizations may take.</param>
    public ProfileTrace TraceOfStandardDeviation(int term, int effect, double level, ProfileBudget budget)
    {
        var interval = OfStandardDeviation(term, effect, level, budget);
        return HasMaximum && !budget.IsEmpty
            ? ProfileTrace.Of(new Profile(HeldDeviation.Of(this, term, effect), Tolerances, budget), interval, 0)
            : new ProfileTrace(interval, []);
    }

    /// <summary>The interval of the correlation of two random effects of one term.</summary>
    /// <param name="term">The term's index among the random effects.</param>
    /// <param name="first">An effect's index among those of the term.</param>
    /// <param name="second">Another one's.</param>
    /// <param name="level">The level, in (0, 1).</param>
    /// <param name="budget">What the maximizations may take.</param>
    public ProfileInterval OfCorrelation(int term, int first, int second, double level, ProfileBudget budget)
    {
        var random = RandomEffects[term];
        var label = VarianceLabel.Correlation(random.Names[first], random.Names[second], random.Group);
        var estimate = random.Correlation(first, second);
        return double.IsNaN(estimate)
            ? new ProfileInterval(label, double.NaN, -1, 1, level) { LowerIsEdge = true, UpperIsEdge = true }
            : Interval(label, estimate, level, budget, () => HeldCorrelation.Of(this, term, first, second)) with { Estimate = estimate };
    }

    /// <summary>How many intervals <see cref="OfRandomEffects"/> finds.</summary>
    public int RandomParameters() => Levels.Sum(random => random.Factor.ParameterCount);

    /// <summary>Every standard deviation and correlation, term by term.</summary>
    /// <param name="level">The level, in (0, 1).</param>
    /// <param name="budget">What the maximizations may take.</param>
    public IEnumerable<ProfileInterval> OfRandomEffects(double level, ProfileBudget budget)
    {
        var correlated = Levels.SelectMany(random => random.Terms).Select(term => term.Correlated).ToArray();
        for (var t = 0; t < RandomEffects.Count; t++)
        {
            var q = RandomEffects[t].Dimension;
            for (var a = 0; a < q; a++)
            {
                yield return OfStandardDeviation(t, a, level, budget);
            }

            for (var a = 1; correlated[t] && a < q; a++)
            {
                for (var b = 0; b < a; b++)
                {
                    yield return OfCorrelation(t, b, a, level, budget);
                }
            }
        }
    }
}
