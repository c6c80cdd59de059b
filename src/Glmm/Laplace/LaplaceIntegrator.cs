using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Laplace;

/// <summary>
/// The Laplace approximation of one group of the coarsest level of a tree of any
/// depth, ℓ = h(û) − ½ log|H|, and its exact gradient. The scratch of one thread.
/// </summary>
internal sealed class LaplaceIntegrator : GroupIntegrator
{
    private readonly GroupTree tree;
    private readonly ConditionalDensity density;
    private readonly JointMode joint;
    private readonly ModeMovement movement;
    private readonly double[] inflationScores;

    /// <summary>Allocates the scratch for the largest group.</summary>
    public LaplaceIntegrator(GroupTree tree, ConditionalDensity density, ParameterPoint point, double[][] modes)
    {
        this.tree = tree;
        this.density = density;
        joint = new JointMode(tree, density, point, modes);
        movement = new ModeMovement(tree, joint);
        inflationScores = new double[density.IsInflated ? tree.MaximumRows : 0];
    }

    /// <inheritdoc/>
    public override double Integrate(int top, EvaluationNeeds needs)
    {
        joint.Load(top);
        return joint.Find() - (0.5 * joint.Elimination.LogDeterminant()) + joint.Rows.Constants();
    }

    /// <inheritdoc/>
    public override void AddGradient(double multiplicity, Span<double> gradient)
    {
        joint.Elimination.FillCovariances(0.5);
        movement.Solve([]);
        var slopes = movement.RowSlopes;
        SpanMath.Add(joint.Rows.First, slopes, slopes);
        joint.Rows.AddCoefficientSlopes(multiplicity, slopes, gradient);
        movement.AddTheta(multiplicity, gradient[tree.Data.Columns..]);
        var inflation = inflationScores.AsSpan(0, density.IsInflated ? joint.Rows.Count : 0);
        inflation.Clear();
        movement.AddInflationSlopes(withHeight: true, inflation);
        joint.Rows.AddInflationSlopes(multiplicity, inflation, gradient);
        if (density.HasFreeDispersion)
        {
            gradient[^1] += multiplicity * movement.DispersionSlope(withHeight: true);
        }
    }

    /// <inheritdoc/>
    public override void Describe(IReadOnlyList<PosteriorModes> posterior) => joint.Describe(posterior);
}
