using MarginalConditional.Meta.Pooling;
using MathNet.Numerics.RootFinding;

namespace MarginalConditional.Meta.Heterogeneity;

/// <content>Maximum likelihood and restricted maximum likelihood.</content>
public abstract partial class HeterogeneityEstimator
{
    // The profiled likelihood of τ² may have several maxima, so its derivative is scanned over a grid that reaches from far below the
    // sampling variances to beyond the range of the effects; each fall
    // through zero is refined, and the highest maximum (or τ² = 0) is taken.
    private sealed class LikelihoodEstimator(string code, string name, bool restricted) : HeterogeneityEstimator(code, name)
    {
        private readonly bool restricted = restricted;

        internal override HeterogeneityMeasures Estimate(ScaledStudies studies, MetaTolerances tolerances)
        {
            var first = tolerances.SmallestSearched * studies.Variances[0];
            var upper = UpperBound(studies);
            var steps = Math.Max(1, (int)Math.Ceiling(tolerances.StepsPerDecade * Math.Log10(upper / first)));
            var ratio = Math.Pow(upper / first, 1.0 / steps);

            var best = 0.0;
            var bestValue = Value(0, studies);
            double left = 0, scoreLeft = Score(0, studies);
            for (var step = 0; step <= steps; step++)
            {
                var right = step == steps ? upper : first * Math.Pow(ratio, step);
                var scoreRight = Score(right, studies);
                if (scoreLeft > 0 && scoreRight <= 0)
                {
                    var root = Refine(left, right, studies);
                    var value = Value(root, studies);
                    if (value > bestValue)
                    {
                        (best, bestValue) = (root, value);
                    }
                }

                (left, scoreLeft) = (right, scoreRight);
            }

            return HeterogeneityMeasures.Iterated(best, best == 0, steps);
        }

        // Where τ² exceeds every squared residual of any coefficients, Σw²(y − ŷ)² ≤ max w · Q is below Σw and the ML score negative; the
        // restricted score follows by doubling.
        private double UpperBound(ScaledStudies studies)
        {
            var upper = Math.Max(studies.Unweighted().Squares, studies.Variances[0]);
            while (Score(upper, studies) > 0)
            {
                upper *= 2;
            }

            return upper;
        }

        // The accuracy asked for applies to the score as well as to the root;
        // so small a one leaves the root's relative precision to decide.
        private double Refine(double left, double right, ScaledStudies studies) =>
            Brent.TryFindRoot(tau2 => Score(tau2, studies), left, right, 1e-300, 200, out var root) ? root : Bisect(left, right, studies);

        private double Bisect(double left, double right, ScaledStudies studies)
        {
            for (var middle = (left + right) / 2; middle > left && middle < right; middle = (left + right) / 2)
            {
                if (Score(middle, studies) > 0)
                {
                    left = middle;
                }
                else
                {
                    right = middle;
                }
            }

            return right;
        }

        private double Score(double tau2, ScaledStudies studies)
        {
            var moments = studies.At(tau2);
            return restricted ? moments.TwiceRestrictedScore : moments.TwiceScore;
        }

        private double Value(double tau2, ScaledStudies studies)
        {
            var moments = studies.At(tau2);
            return restricted ? moments.TwiceRestrictedLogLikelihood : moments.TwiceLogLikelihood;
        }
    }
}
