using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Quadrature;

/// <summary>
/// The quadratures of the finer groups within one coarser group, at every node of
/// the coarser group's effects, with their derivatives. The scratch of one thread.
/// </summary>
/// <remarks>A quadrature runs at several outer nodes at once, one in each lane.</remarks>
internal sealed class InnerQuadratures
{
    private readonly GroupTree tree;
    private readonly JointMode joint;
    private readonly OuterGrid outer;
    private readonly LaneIntegrator inner;
    private readonly CovarianceFactor outerFactor;
    private readonly int qo;
    private readonly int qu;

    private readonly Vector256<double>[] warm;
    private readonly Vector256<double>[] partialTheta;
    private readonly Vector256<double>[] dispersion;
    private readonly Vector256<double>[] theta;
    private readonly Vector256<double>[] rowScores;
    private readonly Vector256<double>[] inflationScores;
    private readonly Vector256<double>[] outerSlopes;

    /// <summary>Allocates for the largest group.</summary>
    public InnerQuadratures(
        GroupTree tree,
        ConditionalDensity density,
        ParameterPoint point,
        JointMode joint,
        OuterGrid outer,
        QuadratureGrid grid,
        bool adaptive)
    {
        this.tree = tree;
        this.joint = joint;
        this.outer = outer;
        var data = tree.Data;
        inner = new LaneIntegrator(data.Columns, data.Factor, density, point, 1, grid, adaptive, data.MaximumRows);
        outerFactor = tree.Levels[0].Factor;
        (qo, qu) = (outerFactor.Dimension, data.Dimension);
        (warm, partialTheta) = (new Vector256<double>[qu], new Vector256<double>[data.Factor.ParameterCount]);
        (dispersion, theta) = (new Vector256<double>[outer.Vectors], new Vector256<double>[outer.Vectors * partialTheta.Length]);
        inflationScores = new Vector256<double>[density.IsInflated ? outer.Vectors * tree.MaximumRows : 0];
        (rowScores, outerSlopes) = (new Vector256<double>[outer.Vectors * tree.MaximumRows], new Vector256<double>[outer.Vectors * qo]);
    }

    /// <summary>Σ z ℓ′ of the outer effects at every outer node, once <see cref="SumScores"/> is done: vector, then effect.</summary>
    public ReadOnlySpan<Vector256<double>> OuterSlopes => outerSlopes;

    /// <summary>
    /// Adds the logs of the inner integrals of all groups to the terms of the outer nodes, with their derivatives as needed.
    /// </summary>
    public void Integrate(EvaluationNeeds needs)
    {
        theta.AsSpan().Clear();
        dispersion.AsSpan().Clear();
        for (var j = 0; j < joint.Path.Count(1); j++)
        {
            inner.Load(tree.Data, tree.Pattern(joint.FirstNode(1) + j));
            var constants = inner.Constants(out var constantSlopes);
            var copies = joint.Path.Copies(1, j);
            for (var k = 0; k < outer.Vectors; k++)
            {
                MoveTo(j, k);
                outer.Terms[k] += copies * (inner.Integrate(warm, needs) + constants);
                if (needs >= EvaluationNeeds.Gradient)
                {
                    Differentiate(j, k, constantSlopes);
                }
            }
        }
    }

    /// <summary>
    /// Σ p_k of the derivatives with the nodes held still, by every row's linear predictor; leaves <see cref="OuterSlopes"/>.
    /// </summary>
    /// <param name="scores">Receives one number a row.</param>
    public void SumScores(Span<double> scores)
    {
        outerSlopes.AsSpan().Clear();
        var lanes = outer.Vectors;
        var terms = outer.Terms;
        for (var i = 0; i < scores.Length; i++)
        {
            var sum = Vector256<double>.Zero;
            var atNodes = rowScores.AsSpan(i * lanes, lanes);
            var z = joint.Rows.Design(i, 0);
            for (var k = 0; k < atNodes.Length; k++)
            {
                sum += terms[k] * atNodes[k];
                for (var a = 0; a < z.Length; a++)
                {
                    outerSlopes[(k * qo) + a] += z[a] * atNodes[k];
                }
            }

            scores[i] = Vector256.Sum(sum);
        }
    }

    /// <summary>
    /// Adds Σ p_k of the derivatives with the nodes held still, by θ of the
    /// outer and then of the inner level, once <see cref="SumScores"/> is done.
    /// </summary>
    public void AddTheta(double multiplicity, Span<double> gradient)
    {
        var terms = outer.Terms;
        for (var e = 0; e < outerFactor.ParameterCount; e++)
        {
            var sum = Vector256<double>.Zero;
            for (var k = 0; k < terms.Length; k++)
            {
                sum += terms[k] * outerSlopes[(k * qo) + outerFactor.Rows[e]] * outer.Effects(k)[outerFactor.Columns[e]];
            }

            gradient[e] += multiplicity * Vector256.Sum(sum);
        }

        for (var e = 0; e < partialTheta.Length; e++)
        {
            var sum = Vector256<double>.Zero;
            for (var k = 0; k < terms.Length; k++)
            {
                sum += terms[k] * theta[(k * partialTheta.Length) + e];
            }

            gradient[outerFactor.ParameterCount + e] += multiplicity * Vector256.Sum(sum);
        }
    }

    /// <summary>Σ p_k of the derivatives in the log odds of every row's excess zeros, with the nodes held still.</summary>
    /// <param name="scores">Receives one number a row.</param>
    public void SumInflation(Span<double> scores)
    {
        var lanes = outer.Vectors;
        for (var i = 0; i < scores.Length; i++)
        {
            var sum = Vector256<double>.Zero;
            for (var k = 0; k < lanes; k++)
            {
                sum += outer.Terms[k] * inflationScores[(i * lanes) + k];
            }

            scores[i] = Vector256.Sum(sum);
        }
    }

    /// <summary>Σ p_k of the derivatives in log φ with the nodes held still.</summary>
    public double DispersionSlope()
    {
        var sum = Vector256<double>.Zero;
        for (var k = 0; k < dispersion.Length; k++)
        {
            sum += outer.Terms[k] * dispersion[k];
        }

        return Vector256.Sum(sum);
    }

    /// <summary>
    /// Writes the posterior means and standard deviations of b of every inner group, over the outer nodes with the shares of their terms.
    /// </summary>
    /// <param name="posterior">The rows are the nodes of the finer level.</param>
    public void Describe(PosteriorModes posterior)
    {
        var means = new Vector256<double>[qu];
        var deviations = new Vector256<double>[qu];
        for (var j = 0; j < joint.Path.Count(1); j++)
        {
            var node = joint.FirstNode(1) + j;
            inner.Load(tree.Data, tree.Pattern(node));
            var (mean, square) = (new Vector256<double>[qu], new Vector256<double>[qu]);
            for (var k = 0; k < outer.Vectors; k++)
            {
                MoveTo(j, k);
                inner.Integrate(warm, EvaluationNeeds.Value);
                inner.PosteriorMoments(means, deviations);
                for (var a = 0; a < qu; a++)
                {
                    mean[a] += outer.Terms[k] * means[a];
                    square[a] += outer.Terms[k] * ((means[a] * means[a]) + (deviations[a] * deviations[a]));
                }
            }

            for (var a = 0; a < qu; a++)
            {
                var center = Vector256.Sum(mean[a]);
                posterior.Modes[(node * qu) + a] = center;
                posterior.StandardErrors[(node * qu) + a] = Math.Sqrt(Math.Max(0, Vector256.Sum(square[a]) - (center * center)));
            }
        }
    }

    // The rows' predictors at the outer effects, and where the inner mode is there to first order: −R(v − v̂) from the joint mode.
    private void MoveTo(int j, int k)
    {
        var effects = outer.Effects(k);
        var width = joint.Path.Width;
        var predictor = inner.Linear;
        var linear = joint.Rows.Linear.Slice(joint.Path.RowStart(j), predictor.Length);
        var directions = joint.Rows.Directions.Slice(joint.Path.RowStart(j) * width, predictor.Length * width);
        for (var i = 0; i < predictor.Length; i++)
        {
            var sum = Vector256.Create(linear[i]);
            for (var a = 0; a < effects.Length; a++)
            {
                sum += directions[(i * width) + a] * effects[a];
            }

            predictor[i] = sum;
        }

        var modes = joint.Effects;
        var slot = joint.Path.Slot(1, j);
        var regression = joint.Elimination.Regression(1, j);
        for (var b = 0; b < warm.Length; b++)
        {
            var sum = Vector256.Create(modes[slot + b]);
            for (var a = 0; a < effects.Length; a++)
            {
                sum -= regression[(b * qo) + a] * (effects[a] - Vector256.Create(modes[a]));
            }

            warm[b] = sum;
        }
    }

    private void Differentiate(int j, int k, Vector256<double> constantSlopes)
    {
        var copies = joint.Path.Copies(1, j);
        var lanes = outer.Vectors;
        inner.Differentiate(partialTheta, out var slope);
        dispersion[k] += copies * (slope + constantSlopes);
        for (var e = 0; e < partialTheta.Length; e++)
        {
            theta[(k * partialTheta.Length) + e] += copies * partialTheta[e];
        }

        var scores = inner.RowScores;
        var target = rowScores.AsSpan(joint.Path.RowStart(j) * lanes, scores.Length * lanes);
        for (var i = 0; i < scores.Length; i++)
        {
            target[(i * lanes) + k] = copies * scores[i];
        }

        var inflated = inner.InflationScores;
        for (var i = 0; i < inflated.Length; i++)
        {
            inflationScores[((joint.Path.RowStart(j) + i) * lanes) + k] = copies * inflated[i];
        }
    }
}
