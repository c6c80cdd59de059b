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

        internal override HeterogeneityMeasures Estimate(ReadOnlySpan<double> y, ReadOnlySpan<double> v, MetaTolerances tolerances)
        {
            double[] effects = [.. y], variances = [.. v];
            var first = tolerances.SmallestSearched * variances.Min();
            var upper = UpperBound(effects, variances);
            var steps = Math.Max(1, (int)Math.Ceiling(tolerances.StepsPerDecade * Math.Log10(upper / first)));
            var ratio = Math.Pow(upper / first, 1.0 / steps);

            var best = 0.0;
            var bestValue = Value(0, effects, variances);
            double left = 0, scoreLeft = Score(0, effects, variances);
            for (var step = 0; step <= steps; step++)
            {
                var right = step == steps ? upper : first * Math.Pow(ratio, step);
                var scoreRight = Score(right, effects, variances);
                if (scoreLeft > 0 && scoreRight <= 0)
                {
                    var root = Refine(left, right, effects, variances);
                    var value = Value(root, effects, variances);
                    if (value > bestValue)
                    {
                        (best, bestValue) = (root, value);
                    }
                }

                (left, scoreLeft) = (right, scoreRight);
            }

            return HeterogeneityMeasures.Iterated(best, best == 0, steps);
        }

        // Beyond the squared range of the effects every term of the ML score is negative; the restricted score follows by doubling.
        private double UpperBound(double[] y, double[] v)
        {
            var range = y.Max() - y.Min();
            var upper = Math.Max(range * range, v.Min());
            while (Score(upper, y, v) > 0)
            {
                upper *= 2;
            }

            return upper;
        }

        // The accuracy asked for applies to the score as well as to the root;
        // so small a one leaves the root's relative precision to decide.
        private double Refine(double left, double right, double[] y, double[] v) =>
            Brent.TryFindRoot(tau2 => Score(tau2, y, v), left, right, 1e-300, 200, out var root) ? root : Bisect(left, right, y, v);

        private double Bisect(double left, double right, double[] y, double[] v)
        {
            for (var middle = (left + right) / 2; middle > left && middle < right; middle = (left + right) / 2)
            {
                if (Score(middle, y, v) > 0)
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

        private double Score(double tau2, double[] y, double[] v)
        {
            var moments = PooledMoments.At(tau2, y, v);
            return restricted ? moments.TwiceRestrictedScore : moments.TwiceScore;
        }

        private double Value(double tau2, double[] y, double[] v)
        {
            var moments = PooledMoments.At(tau2, y, v);
            return restricted ? moments.TwiceRestrictedLogLikelihood : moments.TwiceLogLikelihood;
        }
    }
}
