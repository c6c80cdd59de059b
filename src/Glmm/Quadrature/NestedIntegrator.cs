using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Quadrature;

/// <summary>
/// Integrates one group of the coarser of two levels at a time: outer nodes around the
/// joint mode, an inner quadrature of every finer group at each. The scratch of one thread.
/// </summary>
/// <remarks>
/// With v the outer and u_j the inner standardized effects the integrand over v is h(v) = Σ_j N_j m_j(v) − ½‖v‖², m_j the log of the inner
/// quadrature of group j and N_j the number of groups equal to it (Pinheiro and Chao 2006). The outer nodes lie around the joint mode of
/// all effects, scaled by the curvature that is left when the inner ones are eliminated.
/// </remarks>
internal sealed class NestedIntegrator : GroupIntegrator
{
    private readonly GroupTree tree;
    private readonly ConditionalDensity density;
    private readonly ParameterPoint point;
    private readonly bool adaptive;
    private readonly JointMode joint;
    private readonly ModeMovement movement;
    private readonly OuterGrid outer;
    private readonly InnerQuadratures inner;
    private readonly double[] rowScores;
    private readonly double[] inflationScores;
    private readonly double[] means;
    private readonly double[] centerMovement;
    private int top;

    /// <summary>Allocates the scratch for the largest group.</summary>
    public NestedIntegrator(
        GroupTree tree,
        ConditionalDensity density,
        ParameterPoint point,
        double[][] modes,
        QuadratureGrid outerGrid,
        QuadratureGrid innerGrid,
        bool adaptive)
    {
        this.tree = tree;
        this.density = density;
        this.point = point;
        this.adaptive = adaptive;
        joint = new JointMode(tree, density, point, modes);
        movement = new ModeMovement(tree, joint);
        outer = new OuterGrid(outerGrid, adaptive);
        inner = new InnerQuadratures(tree, density, point, joint, outer, innerGrid, adaptive);
        rowScores = new double[tree.MaximumRows];
        inflationScores = new double[density.IsInflated ? tree.MaximumRows : 0];
        (means, centerMovement) = (new double[outerGrid.Dimension], new double[outerGrid.Dimension * outerGrid.Dimension]);
    }

    /// <inheritdoc/>
    public override double Integrate(int top, EvaluationNeeds needs)
    {
        this.top = top;
        joint.Load(top);
        joint.Find();
        var logDeterminant = outer.Place(joint.Effects[..means.Length], joint.Elimination.RootFactor);
        inner.Integrate(needs);
        return outer.Normalize() - logDeterminant;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// As for one level, with the inner quadratures' derivatives in each row's linear predictor in the place of ℓ′ at the nodes; the outer
    /// nodes move with the joint mode and its curvature.
    /// </remarks>
    public override void AddGradient(double multiplicity, Span<double> gradient)
    {
        var p = tree.Data.Columns;
        var scores = rowScores.AsSpan(0, joint.Rows.Count);
        inner.SumScores(scores);
        inner.AddTheta(multiplicity, gradient[p..]);
        var dispersion = density.HasFreeDispersion ? inner.DispersionSlope() : 0;
        var inflation = inflationScores.AsSpan(0, density.IsInflated ? joint.Rows.Count : 0);
        inner.SumInflation(inflation);
        if (adaptive)
        {
            outer.Differentiate(inner.OuterSlopes, point.Lambda(0), means, centerMovement);
            joint.Elimination.FillMovement(centerMovement);
            movement.Solve(means);
            SpanMath.Add(scores, movement.RowSlopes, scores);
            movement.AddTheta(multiplicity, gradient[p..]);
            movement.AddInflationSlopes(withHeight: false, inflation);
            dispersion += density.HasFreeDispersion ? movement.DispersionSlope(withHeight: false) : 0;
        }

        joint.Rows.AddCoefficientSlopes(multiplicity, scores, gradient);
        joint.Rows.AddInflationSlopes(multiplicity, inflation, gradient);
        if (density.HasFreeDispersion)
        {
            gradient[^1] += multiplicity * dispersion;
        }
    }

    /// <inheritdoc/>
    public override void Describe(IReadOnlyList<PosteriorModes> posterior) => joint.Describe(posterior);

    /// <summary>Writes the posterior means and standard deviations of b of the group integrated last and of the groups within it.</summary>
    /// <param name="posterior">One entry a level; the rows are nodes.</param>
    public void DescribeMoments(IReadOnlyList<PosteriorModes> posterior)
    {
        var q = means.Length;
        var lambda = point.Lambda(0);
        for (var a = 0; a < q; a++)
        {
            var (mean, square) = (Vector256<double>.Zero, Vector256<double>.Zero);
            for (var k = 0; k < outer.Vectors; k++)
            {
                var effect = Vector256<double>.Zero;
                for (var b = a; b < q; b++)
                {
                    effect += lambda[(a * q) + b] * outer.Effects(k)[b];
                }

                mean += outer.Terms[k] * effect;
                square += outer.Terms[k] * effect * effect;
            }

            var center = Vector256.Sum(mean);
            posterior[0].Modes[(top * q) + a] = center;
            posterior[0].StandardErrors[(top * q) + a] = Math.Sqrt(Math.Max(0, Vector256.Sum(square) - (center * center)));
        }

        inner.Describe(posterior[1]);
    }
}
