using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.Multiplicity;

public abstract partial class Adjustment
{
    private static readonly double RootTwo = Math.Sqrt(2);

    /// <summary>P(Q ≥ √2|t|), exact for independent means of one variance, else too careful (Hayter 1984).</summary>
    private sealed class Range() : Adjustment("tukey", "Tukey", "Tukey")
    {
        public override string? ProblemOf(TestFamily family)
        {
            ArgumentNullException.ThrowIfNull(family);
            return family.ComparedMeans > 0 ? null
                : "Tukey's range belongs to all pairs of one set of means, and these contrasts are others.";
        }

        private protected override AdjustedTests Compute(TestFamily family, double level)
        {
            var several = family.DegreesOfFreedom.ToArray().Distinct().Skip(1).Any();
            var range = several ? NormalRange.Tabulated(family.ComparedMeans) : NormalRange.Summed(family.ComparedMeans);
            return new AdjustedTests(
                Each(family, j => StudentizedRange.UpperTail(
                    RootTwo * Math.Abs(family.Statistics[j]), range, family.DegreesOfFreedom[j])),
                Quantiles(family, own => StudentizedRange.UpperQuantile(1 - level, range, own) / RootTwo));
        }
    }

    /// <summary>P(max |T| ≥ |t|), each test with its own degrees of freedom.</summary>
    private sealed class Joint() : Adjustment("mvt", "largest |t| of the joint distribution", "largest |t|")
    {
        private protected override AdjustedTests Compute(TestFamily family, double level)
        {
            if (family.Correlation.ContainsAny(double.NaN, double.PositiveInfinity, double.NegativeInfinity))
            {
                return new AdjustedTests(Each(family, _ => double.NaN), Each(family, _ => double.NaN));
            }

            var largest = LargestModulus.Of(family.Correlation, family.Count);
            return new AdjustedTests(
                Each(family, j => largest.UpperTail(Math.Abs(family.Statistics[j]), family.DegreesOfFreedom[j])),
                Quantiles(family, own => largest.UpperQuantile(1 - level, own)),
                Each(family, j => largest.StandardError(Math.Abs(family.Statistics[j]), family.DegreesOfFreedom[j])).Max());
        }
    }

    /// <summary>P(F ≥ t²/r) with r the rank of the family.</summary>
    private sealed class AllContrasts() : Adjustment("scheffe", "Scheff\u00E9", "Scheff\u00E9")
    {
        private protected override AdjustedTests Compute(TestFamily family, double level)
        {
            var rank = LargestModulus.RankOf(family.Correlation, family.Count);
            return new AdjustedTests(
                Each(family, j => FisherDistribution.UpperTail(
                    family.Statistics[j] * family.Statistics[j] / rank, rank, family.DegreesOfFreedom[j])),
                Each(family, j => MonotoneRoot.Find(
                    t => Math.Log(FisherDistribution.UpperTail(t * t / rank, rank, family.DegreesOfFreedom[j]) / (1 - level)), 1)));
        }
    }

    /// <summary>
    /// A quantile for each test, which is smooth in the logarithm of the degrees of freedom: where many differ, few are searched for.
    /// </summary>
    private static double[] Quantiles(TestFamily family, Func<double, double> quantile)
    {
        var (degrees, others) = (new Dictionary<double, double>(), new Dictionary<double, double>());
        foreach (var own in family.DegreesOfFreedom)
        {
            if (own > 0 && double.IsFinite(own))
            {
                degrees[Math.Log(own)] = own;
            }
            else
            {
                others[own] = others.TryGetValue(own, out var known) ? known : quantile(own);
            }
        }

        double[] logarithms = [.. degrees.Keys];
        var table = FunctionTable.For(1, logarithms, (logarithm, values) =>
            values[0] = quantile(degrees.TryGetValue(logarithm, out var own) ? own : Math.Exp(logarithm)));
        var value = new double[1];
        return Each(family, j =>
        {
            if (others.TryGetValue(family.DegreesOfFreedom[j], out var other))
            {
                return other;
            }

            table.At(Math.Log(family.DegreesOfFreedom[j]), value);
            return value[0];
        });
    }
}
