using MarginalConditional.Gee.Planning;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Compare.Planning;

/// <summary>
/// A planned stepped wedge with a binary outcome as the mixed model sees it: one normal intercept a cluster, the odds ratio at a cluster,
/// and its variance by the expected information of all parameters, the intercept's spread included.
/// </summary>
/// <remarks>
/// Given a cluster's intercept its counts y_j are binomial, and given their sum S they do not depend on it. So the score of period j is
/// y_j −
/// m E(p_j | S) and that of σ a function of S, and their expected products are sums over S alone, of convolutions of binomials at each
/// point
/// of a trapezoidal rule: exact for any number of periods. Zhou and others (2020) enumerate the counts instead.
/// </remarks>
public sealed record WedgeConditionalPlan
{
    /// <summary>The most products of a plan; beyond, it takes minutes.</summary>
    private const double MostProducts = 6e9;

    /// <summary>Beyond this many standard deviations the normal density is below rounding.</summary>
    private const double HalfWidth = 8.5;

    private WedgeConditionalPlan(double deviation, PlannedOutcome outcome) => (Deviation, Outcome) = (deviation, outcome);

    /// <summary>σ, the standard deviation of the clusters' intercepts (logit scale).</summary>
    public double Deviation { get; }

    /// <summary>The conditional effect, for a <see cref="TrialPlan"/> whose information of a cluster is 1.</summary>
    public PlannedOutcome Outcome { get; }

    /// <summary>Whether a plan of such clusters is computed in reasonable time.</summary>
    /// <param name="design">The sequences.</param>
    /// <param name="size">The number of people of a cluster and period.</param>
    public static bool IsFeasible(WedgeDesign design, int size)
    {
        ArgumentNullException.ThrowIfNull(design);
        var total = (double)size * design.Periods;
        return design.Sequences * total * total * design.Periods * (HalfWidth * 4 * Math.Sqrt(1 + (total / 4))) < MostProducts;
    }

    /// <summary>Makes the plan: conditional risks that average to those expected, the effect that of the first period.</summary>
    /// <param name="design">The sequences.</param>
    /// <param name="outcome">Binary, on the logit scale: what is expected on average over clusters.</param>
    /// <param name="correlation">ρ, of two outcomes of a cluster in the first period without treatment, in (0, 1).</param>
    /// <param name="size">The number of people of a cluster and period, 1 or more, who are not the same in two periods.</param>
    /// <param name="effects">What the analysis assumes of periods.</param>
    public static WedgeConditionalPlan Of(
        WedgeDesign design,
        WedgeOutcome outcome,
        double correlation,
        int size,
        PeriodEffects effects = PeriodEffects.Categorical)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(outcome);
        if (!outcome.IsBinary || correlation is not (> 0 and < 1) || size < 1 || design.Periods * size < 2)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The correlation is {correlation} and a cluster has {size} rows a period; a conditional plan ")
                    + "is for binary outcomes, correlations between 0 and 1, and clusters of two rows or more.",
                nameof(correlation));
        }

        var periods = design.Periods;
        var deviation = ConditionalPlan.DeviationOf(outcome.Mean(0, periods, false), correlation);
        double[] control = [.. Enumerable.Range(0, periods)
            .Select(period => ConditionalPlan.Conditional(outcome.Mean(period, periods, false), deviation))];
        var effect = ConditionalPlan.Conditional(outcome.Mean(0, periods, true), deviation) - control[0];
        var columns = WedgeColumns.Count(design, effects);
        var information = new double[(columns + 1) * (columns + 1)];
        for (var sequence = 0; sequence < design.Sequences; sequence++)
        {
            var own = sequence;
            double[] predictors = [.. control.Select((eta, period) => eta + (design.IsTreated(own, period) ? effect : 0))];
            Add(information, design, effects, sequence, InformationOf(predictors, deviation, size));
        }

        return new WedgeConditionalPlan(deviation, PlannedOutcome.Known(
            FormattableString.Invariant($"odds ratio {Math.Exp(effect):G4} at a cluster (standard deviation of clusters {deviation:G3})"),
            effect,
            WedgeColumns.VarianceOfLast(information, columns + 1)));
    }

    /// <summary>Adds a sequence's information in (periods' predictors, σ) as one in (σ, columns).</summary>
    private static void Add(double[] information, WedgeDesign design, PeriodEffects effects, int sequence, double[] own)
    {
        var (periods, columns) = (design.Periods, WedgeColumns.Count(design, effects));
        var (width, stride) = (columns + 1, periods + 1);

        // Rows over (σ, columns): σ first, so that the treatment is last.
        var x = new double[stride * width];
        x[periods * width] = 1;
        for (var j = 0; j < periods; j++)
        {
            WedgeColumns.Row(design, effects, sequence, j, x.AsSpan((j * width) + 1, columns));
        }

        for (var a = 0; a < width; a++)
        {
            for (var b = 0; b < width; b++)
            {
                var sum = 0.0;
                for (var j = 0; j < stride; j++)
                {
                    for (var k = 0; k < stride; k++)
                    {
                        sum += x[(j * width) + a] * own[(j * stride) + k] * x[(k * width) + b];
                    }
                }

                information[(a * width) + b] += sum / design.Sequences;
            }
        }
    }

    /// <summary>The expected information of one cluster in the predictors of its J periods and σ, (J + 1)×(J + 1).</summary>
    /// <param name="predictors">η, J.</param>
    /// <param name="deviation">σ &gt; 0.</param>
    /// <param name="size">m, people a period.</param>
    internal static double[] InformationOf(double[] predictors, double deviation, int size)
    {
        var (periods, total) = (predictors.Length, size * predictors.Length);
        var sums = new SumMoments(periods, total);
        var step = 0.5 / Math.Sqrt(1 + (deviation * deviation * total / 4));
        var last = (int)Math.Ceiling(HalfWidth / step);
        double[] risks = new double[periods], information = new double[(periods + 1) * (periods + 1)];
        for (var node = -last; node <= last; node++)
        {
            var z = node * step;
            var weight = step * StandardNormal.Density(z);
            for (var j = 0; j < periods; j++)
            {
                risks[j] = Elementary.Logistic(predictors[j] + (deviation * z));
            }

            sums.Add(weight, z, risks, size);
            for (var j = 0; j < periods; j++)
            {
                for (var k = 0; k < periods; k++)
                {
                    information[(j * (periods + 1)) + k] += weight
                        * ((size * risks[j] * size * risks[k]) + (j == k ? size * risks[j] * (1 - risks[j]) : 0));
                }
            }
        }

        sums.Complete(information, size);
        return information;
    }
}
