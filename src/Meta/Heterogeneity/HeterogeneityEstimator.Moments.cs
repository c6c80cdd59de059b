using MarginalConditional.Meta.Pooling;

namespace MarginalConditional.Meta.Heterogeneity;

/// <content>The estimators that match moments.</content>
public abstract partial class HeterogeneityEstimator
{
    private static double Variance(ReadOnlySpan<double> y)
    {
        double mean = 0, squares = 0;
        foreach (var value in y)
        {
            mean += value / y.Length;
        }

        foreach (var value in y)
        {
            squares += (value - mean) * (value - mean);
        }

        return squares / (y.Length - 1);
    }

    private sealed class FixedEstimator() : HeterogeneityEstimator("FE", "fixed effect")
    {
        public override bool IsRandom => false;

        internal override HeterogeneityMeasures Estimate(ReadOnlySpan<double> y, ReadOnlySpan<double> v, MetaTolerances tolerances) =>
            HeterogeneityMeasures.Iterated(0, atBoundary: false, 1);
    }

    private sealed class DerSimonianLairdEstimator() : HeterogeneityEstimator("DL", "DerSimonian-Laird")
    {
        internal override HeterogeneityMeasures Estimate(ReadOnlySpan<double> y, ReadOnlySpan<double> v, MetaTolerances tolerances)
        {
            var common = PooledMoments.At(0, y, v);
            return HeterogeneityMeasures.Closed((common.Q - (y.Length - 1))
                / (common.SumWeights - (common.SumSquaredWeights / common.SumWeights)));
        }
    }

    private sealed class PauleMandelEstimator(string code, string name) : HeterogeneityEstimator(code, name)
    {
        internal override HeterogeneityMeasures Estimate(ReadOnlySpan<double> y, ReadOnlySpan<double> v, MetaTolerances tolerances)
        {
            var tau2 = GeneralizedQ.Solve(y.Length - 1, y, v, tolerances.Root, out var iterations);
            return HeterogeneityMeasures.Iterated(tau2, tau2 == 0, iterations);
        }
    }

    private sealed class HunterSchmidtEstimator() : HeterogeneityEstimator("HS", "Hunter-Schmidt")
    {
        internal override HeterogeneityMeasures Estimate(ReadOnlySpan<double> y, ReadOnlySpan<double> v, MetaTolerances tolerances)
        {
            var common = PooledMoments.At(0, y, v);
            return HeterogeneityMeasures.Closed((common.Q - y.Length) / common.SumWeights);
        }
    }

    private sealed class HedgesEstimator() : HeterogeneityEstimator("HE", "Hedges")
    {
        internal override HeterogeneityMeasures Estimate(ReadOnlySpan<double> y, ReadOnlySpan<double> v, MetaTolerances tolerances)
        {
            var meanVariance = 0.0;
            foreach (var value in v)
            {
                meanVariance += value / v.Length;
            }

            return HeterogeneityMeasures.Closed(Variance(y) - meanVariance);
        }
    }

    // Starts from the variance of the effects about their mean (divisor k) and makes one step of a weighted variance:
    // with r = v/τ₀² + 1, τ² = Σ(y − ŷ)²/r / (k − 1), where ŷ is the mean with weights 1/r.
    private sealed class SidikJonkmanEstimator() : HeterogeneityEstimator("SJ", "Sidik-Jonkman")
    {
        internal override HeterogeneityMeasures Estimate(ReadOnlySpan<double> y, ReadOnlySpan<double> v, MetaTolerances tolerances)
        {
            var start = Variance(y) * (y.Length - 1) / y.Length;
            return HeterogeneityMeasures.Closed(start * PooledMoments.At(start, y, v).Q / (y.Length - 1));
        }
    }
}
