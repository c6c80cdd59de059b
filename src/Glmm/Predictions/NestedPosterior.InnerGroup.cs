using System.Numerics.Tensors;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Quadrature;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Predictions;

/// <content>The quadrature of one inner group.</content>
internal sealed partial class NestedPosterior
{
    /// <summary>One group of the finer level: its quadrature given the effects of the coarser.</summary>
    private sealed class InnerGroup
    {
        private const int MaximumSteps = 100;

        private readonly NestedPosterior owner;
        private readonly RowDensity density;
        private readonly double[] linear;
        private readonly double[] outerLoadings;
        private readonly double[] loadings;
        private readonly double[] start;

        public InnerGroup(NestedPosterior owner, ClusterSystem system, int group)
        {
            this.owner = owner;
            var (from, rows) = system.RowsOf(1, group);
            density = new RowDensity(owner.fit, system.Start + from, rows);
            linear = system.Base.AsSpan(from, rows).ToArray();
            outerLoadings = new double[rows * owner.outer];
            loadings = new double[rows * owner.inner];
            var slot = system.Slot(1, group);
            start = system.Modes.AsSpan(slot, owner.inner).ToArray();
            for (var i = 0; i < rows; i++)
            {
                var row = system.Loadings.AsSpan((from + i) * system.Width, system.Width);
                row[..owner.outer].CopyTo(outerLoadings.AsSpan(i * owner.outer));
                row[owner.outer..].CopyTo(loadings.AsSpan(i * owner.inner));
            }
        }

        // log ∫ given v, and the means and mean squares of b.
        public double Integrate(ReadOnlySpan<double> v, Span<double> moments)
        {
            var q = owner.inner;
            var shifted = new double[linear.Length];
            for (var i = 0; i < shifted.Length; i++)
            {
                shifted[i] = linear[i] + Dense.Dot(outerLoadings.AsSpan(i * owner.outer, owner.outer), v);
            }

            var mode = (double[])start.Clone();
            var factor = FindMode(shifted, mode);
            var grid = owner.innerGrid;
            var (logs, effects, eta) = (new double[grid.Count], new double[grid.Count * q], new double[shifted.Length]);
            for (var k = 0; k < logs.Length; k++)
            {
                var u = effects.AsSpan(k * q, q);
                Place(grid, k, factor, mode, u);
                logs[k] = LogWeight(grid, k) + Height(shifted, u, eta);
            }

            var value = Normalize(logs);
            Summarize(logs, effects, owner.innerFactor, q, moments[..q], moments[q..]);
            for (var a = 0; a < q; a++)
            {
                moments[q + a] = (moments[q + a] * moments[q + a]) + (moments[a] * moments[a]);
                value -= Math.Log(factor[(a * q) + a]);
            }

            return value;
        }

        private double Height(double[] shifted, ReadOnlySpan<double> u, double[] eta)
        {
            for (var i = 0; i < eta.Length; i++)
            {
                eta[i] = shifted[i] + Dense.Dot(loadings.AsSpan(i * u.Length, u.Length), u);
            }

            return density.Evaluate(eta) - (0.5 * TensorPrimitives.SumOfSquares(u));
        }

        // Newton's method; returns the lower factor of −h″ at the mode.
        private double[] FindMode(double[] shifted, double[] mode)
        {
            var q = mode.Length;
            var (step, factor, eta, next) = (new double[q], new double[q * q], new double[shifted.Length], new double[q]);
            var value = Height(shifted, mode, eta);
            for (var iteration = 0; ; iteration++)
            {
                Curvature(mode, step, factor);
                var slope = (double[])step.Clone();
                Cholesky.Solve(factor, q, step);
                if (ModeSearch.IsLast(Dense.Dot(slope, step)) || iteration == MaximumSteps)
                {
                    return factor;
                }

                for (var length = 1.0; length > 1e-10; length /= 2)
                {
                    mode.CopyTo(next, 0);
                    Dense.AddScaled(length, step, next);
                    var height = Height(shifted, next, eta);
                    if (ModeSearch.Holds(height, value))
                    {
                        value = height;
                        next.CopyTo(mode, 0);
                        break;
                    }
                }
            }
        }

        // ∂h and the factor of −∂²h, its diagonal raised where it is not positive definite.
        private void Curvature(double[] mode, double[] slope, double[] factor)
        {
            var q = mode.Length;
            var curvature = new double[q * q];
            for (var a = 0; a < q; a++)
            {
                slope[a] = -mode[a];
                curvature[(a * q) + a] = 1;
            }

            for (var i = 0; i < density.Rows; i++)
            {
                var v = loadings.AsSpan(i * q, q);
                Dense.AddScaled(density.First[i], v, slope);
                Dense.RankOneUpdateLower(-density.Second[i], v, curvature);
            }

            Cholesky.FactorRaised(curvature, q, RaisingSchedule.Modes, factor);
        }
    }
}
