using MarginalConditional.Meta.Pooling;

namespace MarginalConditional.Meta.Heterogeneity;

/// <content>The estimators that match moments.</content>
public abstract partial class HeterogeneityEstimator
{
    private sealed class FixedEstimator() : HeterogeneityEstimator("FE", "fixed effect")
    {
        public override bool IsRandom => false;

        internal override HeterogeneityMeasures Estimate(ScaledStudies studies, MetaTolerances tolerances) =>
            HeterogeneityMeasures.Iterated(0, atBoundary: false, 1);
    }

    private sealed class DerSimonianLairdEstimator() : HeterogeneityEstimator("DL", "DerSimonian-Laird")
    {
        internal override HeterogeneityMeasures Estimate(ScaledStudies studies, MetaTolerances tolerances)
        {
            var common = studies.At(0);
            return HeterogeneityMeasures.Closed((common.Q - (studies.Count - studies.Columns))
                / (common.SumWeights - common.Absorbed));
        }
    }

    private sealed class PauleMandelEstimator(string code, string name) : HeterogeneityEstimator(code, name)
    {
        internal override HeterogeneityMeasures Estimate(ScaledStudies studies, MetaTolerances tolerances)
        {
            var tau2 = GeneralizedQ.Solve(studies.Count - studies.Columns, studies, tolerances.Root, out var iterations);
            return HeterogeneityMeasures.Iterated(tau2, tau2 == 0, iterations);
        }
    }

    private sealed class HunterSchmidtEstimator() : HeterogeneityEstimator("HS", "Hunter-Schmidt")
    {
        internal override HeterogeneityMeasures Estimate(ScaledStudies studies, MetaTolerances tolerances)
        {
            var common = studies.At(0);
            return HeterogeneityMeasures.Closed((common.Q - studies.Count) / common.SumWeights);
        }
    }

    private sealed class HedgesEstimator() : HeterogeneityEstimator("HE", "Hedges")
    {
        internal override HeterogeneityMeasures Estimate(ScaledStudies studies, MetaTolerances tolerances)
        {
            var (squares, sampling) = studies.Unweighted();
            return HeterogeneityMeasures.Closed((squares - sampling) / (studies.Count - studies.Columns));
        }
    }

    // Starts from the variance of the effects about their mean (divisor k) and makes one step of a weighted variance:
    // with r = v/τ₀² + 1, τ² = Σ(y − ŷ)²/r / (k − p), where ŷ is fitted with weights 1/r.
    private sealed class SidikJonkmanEstimator() : HeterogeneityEstimator("SJ", "Sidik-Jonkman")
    {
        internal override HeterogeneityMeasures Estimate(ScaledStudies studies, MetaTolerances tolerances)
        {
            var (k, mean) = (studies.Count, 0.0);
            foreach (var y in studies.Estimates)
            {
                mean += y / k;
            }

            var start = 0.0;
            foreach (var y in studies.Estimates)
            {
                start += (y - mean) * (y - mean) / k;
            }

            return HeterogeneityMeasures.Closed(start * studies.At(start).Q / (k - studies.Columns));
        }
    }
}
