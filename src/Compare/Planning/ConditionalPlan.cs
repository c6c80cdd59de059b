using MarginalConditional.Gee.Planning;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Functions;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.NormalMeans;
using MathNet.Numerics;

namespace MarginalConditional.Compare.Planning;

/// <summary>
/// A planned trial of clusters with a binary outcome as the mixed model sees it: the odds ratio at a cluster that the risks of the
/// population imply, and its variance by the expected information of the logistic model with one normal intercept.
/// </summary>
/// <remarks>
/// Given their arm, the outcomes of a cluster enter by their sum s alone. The information is Σ_s P(s) ∂log P(s) ∂log P(s)ᵀ over all sums,
/// in (η₀, η₁, σ): exact but for the integral over the intercept, a trapezoidal sum in steps of half a posterior standard deviation.
/// </remarks>
public sealed record ConditionalPlan
{
    /// <summary>The largest cluster whose sums are enumerated.</summary>
    public const int LargestCluster = 10_000;

    /// <summary>Beyond this many standard deviations the normal density is below rounding.</summary>
    private const double HalfWidth = 9;

    private const double LargestDeviation = 60;

    private ConditionalPlan(double deviation, PlannedOutcome outcome) => (Deviation, Outcome) = (deviation, outcome);

    /// <summary>σ, the standard deviation of the clusters' intercepts (logit scale).</summary>
    public double Deviation { get; }

    /// <summary>The conditional effect, for a <see cref="TrialPlan"/> whose information of a cluster is 1.</summary>
    public PlannedOutcome Outcome { get; }

    /// <summary>Makes the plan.</summary>
    /// <param name="control">The probability of the outcome in the control arm, averaged over clusters, in (0, 1).</param>
    /// <param name="treatment">The same in the treatment arm, different from that of control.</param>
    /// <param name="correlation">ρ, the correlation of two outcomes of a cluster in the control arm, in (0, 1).</param>
    /// <param name="sizes">The sizes of the clusters, which occur in both arms alike; 1 to <see cref="LargestCluster"/>, not all 1.</param>
    /// <param name="treatedShare">The share of clusters that are treated, in (0, 1).</param>
    public static ConditionalPlan Of(
        double control, double treatment, double correlation, IReadOnlyList<int> sizes, double treatedShare = 0.5)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        if (control is not (> 0 and < 1) || treatment is not (> 0 and < 1) || control == treatment)
        {
            throw new ArgumentException(
                $"The probabilities are {control} and {treatment}; they must differ and lie between 0 and 1.", nameof(control));
        }

        if (correlation is not (> 0 and < 1) || treatedShare is not (> 0 and < 1))
        {
            throw new ArgumentException(
                $"The correlation is {correlation} and the share {treatedShare}; both must lie between 0 and 1.", nameof(correlation));
        }

        if (sizes.Count == 0 || sizes.Any(size => size is < 1 or > LargestCluster) || sizes.All(size => size == 1))
        {
            throw new ArgumentException(
                $"Sizes of clusters must lie between 1 and {LargestCluster}, and some must be above 1.", nameof(sizes));
        }

        var deviation = DeviationOf(control, correlation);
        var (first, second) = (Conditional(control, deviation), Conditional(treatment, deviation));
        var effect = second - first;
        return new ConditionalPlan(deviation, PlannedOutcome.Known(
            FormattableString.Invariant($"odds ratio {Math.Exp(effect):G4} at a cluster (standard deviation of clusters {deviation:G3})"),
            effect,
            Variance(first, second, deviation, sizes, treatedShare)));
    }

    /// <summary>
    /// σ at which two outcomes of a cluster with mean p have the correlation ρ, which grows with σ; logit scale unless another is given.
    /// </summary>
    internal static double DeviationOf(double mean, double correlation, Link? link = null)
    {
        var rule = MarginalMean.For(link ?? Link.Logit);
        var (low, high) = (0.0, LargestDeviation);
        for (var round = 0; round < 200 && high - low > 1e-14 * high; round++)
        {
            var middle = (low + high) / 2;
            var square = rule.Square(Conditional(mean, middle, link), middle).Value;
            (low, high) = (square - (mean * mean)) / (mean * (1 - mean)) < correlation ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>η with ∫ g⁻¹(η + σz) φ(z) dz = p, on the logit scale unless another is given.</summary>
    internal static double Conditional(double mean, double deviation, Link? link = null) =>
        MarginalMean.For(link ?? Link.Logit).Inverse((link ?? Link.Logit).Predictor(mean), deviation).Predictor;

    /// <summary>The variance of η̂₁ − η̂₀ with one cluster's expected information in (η₀, η₁, σ).</summary>
    private static double Variance(double control, double treatment, double deviation, IReadOnlyList<int> sizes, double share)
    {
        var information = new double[9];
        foreach (var kind in sizes.GroupBy(size => size))
        {
            var (weight, sums) = ((double)kind.Count() / sizes.Count, new double[3]);
            Add(information, 0, weight * (1 - share), Information(control, deviation, kind.Key, sums));
            Add(information, 1, weight * share, Information(treatment, deviation, kind.Key, sums));
        }

        var inverse = new double[9];
        return Cholesky.TryInvert(information, 3, new double[9], inverse)
            ? inverse[0] + inverse[4] - (2 * inverse[1])
            : throw new ArgumentException("The trial tells the arms and the clusters' spread not apart.", nameof(sizes));
    }

    private static void Add(double[] information, int arm, double weight, double[] own)
    {
        information[(arm * 3) + arm] += weight * own[0];
        information[(arm * 3) + 2] += weight * own[1];
        information[6 + arm] += weight * own[1];
        information[8] += weight * own[2];
    }

    /// <summary>The information of one cluster in (η, σ): the entries ηη, ησ and σσ.</summary>
    internal static double[] Information(double predictor, double deviation, int size, double[] sums)
    {
        Array.Clear(sums);
        var step = 0.5 / Math.Sqrt(1 + (deviation * deviation * size / 4));
        var last = (int)Math.Ceiling(HalfWidth / step);
        for (var events = 0; events <= size; events++)
        {
            var choose = SpecialFunctions.BinomialLn(size, events);
            double total = 0, first = 0, second = 0;
            for (var k = -last; k <= last; k++)
            {
                var z = k * step;
                var u = predictor + (deviation * z);
                var mean = Elementary.Logistic(u);
                var density = step * StandardNormal.Density(z)
                    * Math.Exp(choose + (events * Math.Log(mean)) + ((size - events) * Math.Log(Elementary.Logistic(-u))));
                var score = events - (size * mean);
                total += density;
                first += density * score;
                second += density * score * z;
            }

            if (total > 0)
            {
                sums[0] += first * first / total;
                sums[1] += first * second / total;
                sums[2] += second * second / total;
            }
        }

        return sums;
    }
}
