using MarginalConditional.Gee.Planning;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Compare.Planning;

/// <summary>
/// A planned stepped wedge with a binary outcome as the mixed model sees it: one normal intercept a cluster, the odds ratio at a cluster,
/// and its variance by the expected information of all parameters, the intercept's spread included.
/// </summary>
/// <remarks>
/// Given a cluster's intercept its counts y_j are binomial, and on the logit scale, given their sum S, they do not depend on it. So the
/// score of period j is y_j − m E(p_j | S) and that of σ a function of S, and their expected products are sums over S alone, of
/// convolutions of binomials at each point of a trapezoidal rule: exact for any number of periods. Zhou and others (2020) enumerate the
/// counts instead. Other links have no such sum, nor has a sum as many products as large clusters would take: there
/// <see cref="CountInformation"/> averages over a lattice of counts.
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Compare.Planning;
/// using MarginalConditional.Gee.Planning;
/// using MarginalConditional.Statistics.Families;
///
/// var plan = WedgeConditionalPlan.Of(
///     WedgeDesign.Stepped(5),
///     WedgeOutcome.Binary(start: 0.3, end: 0.3, treated: 0.4, Link.Logit),
///     correlation: 0.05,
///     sizes: [20]);
/// Console.WriteLine(plan.Outcome);
/// </code>
/// </example>
public sealed record WedgeConditionalPlan
{
    /// <summary>The most products of a plan; beyond, it takes minutes.</summary>
    private const double MostProducts = 6e9;

    /// <summary>The most products of the sums of a cluster's counts; beyond, a lattice stands for them.</summary>
    private const double MostSums = 1.5e9;

    /// <summary>More sizes than these are taken together, neighbour by neighbour: information hardly curves between them.</summary>
    private const int MostKinds = 12;

    /// <summary>Beyond this many standard deviations the normal density is below rounding.</summary>
    private const double HalfWidth = 8.5;

    private WedgeConditionalPlan(double deviation, PlannedOutcome outcome) => (Deviation, Outcome) = (deviation, outcome);

    /// <summary>σ, the standard deviation of the clusters' intercepts (logit scale).</summary>
    public double Deviation { get; }

    /// <summary>The conditional effect, for a <see cref="TrialPlan"/> whose information of a cluster is 1.</summary>
    public PlannedOutcome Outcome { get; }

    /// <summary>Whether a plan of such clusters is computed in reasonable time.</summary>
    /// <param name="design">The sequences.</param>
    /// <param name="link">The scale of the effect.</param>
    /// <param name="sizes">The numbers of people of a cluster and period.</param>
    public static bool IsFeasible(WedgeDesign design, Link link, IReadOnlyList<int> sizes)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(sizes);
        var kinds = Kinds(sizes);
        return AllowsSums(design, link, kinds) || kinds.Sum(kind => LatticeProducts(design, kind.Size)) * design.Sequences < MostProducts;
    }

    /// <summary>Makes the plan: conditional risks that average to those expected, the effect that of the first period.</summary>
    /// <param name="design">The sequences.</param>
    /// <param name="outcome">Binary: what is expected on average over clusters.</param>
    /// <param name="correlation">ρ, of two outcomes of a cluster in the first period without treatment, in (0, 1).</param>
    /// <param name="sizes">
    /// The numbers of people of a cluster in each period, 1 or more and each as probable as the others, who are not the same in two
    /// periods.
    /// </param>
    /// <param name="effects">What the analysis assumes of periods.</param>
    /// <exception cref="ArgumentException">There is no such trial, or it does not tell the treatment from the periods.</exception>
    public static WedgeConditionalPlan Of(
        WedgeDesign design,
        WedgeOutcome outcome,
        double correlation,
        IReadOnlyList<int> sizes,
        PeriodEffects effects = PeriodEffects.Categorical)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(sizes);
        if (!outcome.IsBinary || correlation is not (> 0 and < 1) || sizes.Count == 0 || sizes.Any(size => size < 1))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The correlation is {correlation} and clusters have {string.Join(", ", sizes)} rows a ")
                    + "period; a conditional plan is for binary outcomes, correlations between 0 and 1, and clusters of two rows or more.",
                nameof(correlation));
        }

        var (periods, link) = (design.Periods, outcome.Link);
        var deviation = ConditionalPlan.DeviationOf(outcome.Mean(0, periods, false), correlation, link);
        double[] control = [.. Enumerable.Range(0, periods)
            .Select(period => ConditionalPlan.Conditional(outcome.Mean(period, periods, false), deviation, link))];
        var effect = ConditionalPlan.Conditional(outcome.Mean(0, periods, true), deviation, link) - control[0];
        var columns = WedgeColumns.Count(design, effects);
        var information = new double[(columns + 1) * (columns + 1)];
        var kinds = Kinds(sizes);
        var hasSums = AllowsSums(design, link, kinds);
        for (var sequence = 0; sequence < design.Sequences; sequence++)
        {
            var own = sequence;
            double[] predictors = [.. control.Select((eta, period) => eta + (design.IsTreated(own, period) ? effect : 0))];
            foreach (var (size, share) in kinds)
            {
                Add(
                    information, share / design.Sequences, design, effects, sequence,
                    hasSums ? InformationOf(predictors, deviation, size) : CountInformation.Of(link, predictors, deviation, size));
            }
        }

        return new WedgeConditionalPlan(deviation, PlannedOutcome.Known(
            FormattableString.Invariant(
                $"{WedgeOutcome.Name(link, effect)} at a cluster (standard deviation of clusters {deviation:G3})"),
            effect,
            WedgeColumns.VarianceOfLast(information, columns + 1)));
    }

    /// <summary>The sizes that occur and their shares; of many, means of neighbours.</summary>
    internal static IReadOnlyList<(int Size, double Share)> Kinds(IReadOnlyList<int> sizes)
    {
        if (sizes.Distinct().Count() <= MostKinds)
        {
            return [.. sizes.GroupBy(size => size).Select(kind => (kind.Key, (double)kind.Count() / sizes.Count))];
        }

        var kinds = new List<(int Size, double Share)>();
        var rounded = 0.0;
        foreach (var neighbours in sizes.Order().Chunk((sizes.Count + MostKinds - 1) / MostKinds))
        {
            // What rounding takes from one kind the next one gets, so that the mean stays.
            var exact = neighbours.Average() + rounded;
            kinds.Add(((int)Math.Max(1, Math.Round(exact)), (double)neighbours.Length / sizes.Count));
            rounded = exact - kinds[^1].Size;
        }

        return kinds;
    }

    private static bool AllowsSums(WedgeDesign design, Link link, IReadOnlyList<(int Size, double Share)> kinds) =>
        link == Link.Logit && kinds.Sum(kind => SumProducts(design, kind.Size)) < MostSums;

    private static double SumProducts(WedgeDesign design, int size)
    {
        var total = (double)size * design.Periods;
        return design.Sequences * total * total * design.Periods * Nodes(design, size);
    }

    private static double LatticeProducts(WedgeDesign design, int size) =>
        Math.Max(CountInformation.Points, 8 * Nodes(design, size)) * Nodes(design, size)
            * (10 + (design.Periods * (design.Periods + 5) / 2.0));

    private static double Nodes(WedgeDesign design, int size) => HalfWidth * 4 * Math.Sqrt(1 + ((double)size * design.Periods / 4));

    /// <summary>Adds a sequence's information in (periods' predictors, σ) as one in (σ, columns), with a share of the clusters.</summary>
    private static void Add(
        double[] information, double share, WedgeDesign design, PeriodEffects effects, int sequence, double[] own)
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

                information[(a * width) + b] += share * sum;
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
