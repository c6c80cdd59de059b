using System.Numerics;
using System.Runtime.InteropServices;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Model;

namespace MarginalConditional.Glmm.Quadrature;

/// <summary>Integrates one group of the coarser level at a time: outer nodes around the joint mode, an inner quadrature of every finer group at each. The scratch of one thread.</summary>
/// <remarks>
/// With v the outer and u_j the inner standardized effects, η_i = a_i + o_iᵀv + c_iᵀu_j. The outer nodes are v̂ + Tz with v̂ from the joint mode
/// of all effects and TTᵀ = S⁻¹, S the Schur complement of the joint curvature, so that one node gives the joint Laplace approximation.
/// The integrand is h(v) = Σ_j n_j m_j(v) − ½‖v‖² with m_j the inner quadrature of group j and n_j the number of groups equal to it.
/// Equal groups share their mode, so in the joint system their rows weigh n_j times and so does their prior.
/// The inner quadrature runs at several outer nodes at once, one in each lane.
/// </remarks>
internal sealed partial class NestedIntegrator : GroupIntegrator
{
    private readonly GroupTree tree;
    private readonly ClusterData data;
    private readonly ConditionalDensity density;
    private readonly ParameterPoint point;
    private readonly CovarianceFactor outerFactor;
    private readonly double[][] modes;
    private readonly QuadratureGrid grid;
    private readonly bool adaptive;
    private readonly LaneIntegrator inner;
    private readonly int p;
    private readonly int qo;
    private readonly int qu;
    private readonly int stride;
    private readonly int lanes;

    private readonly double[] linear;
    private readonly double[] eta;
    private readonly double[] response;
    private readonly double[] weight;
    private readonly double[] first;
    private readonly double[] second;
    private readonly double[] third;
    private readonly double[] outerRows;
    private readonly double[] innerRows;
    private readonly int[] rowOf;
    private readonly int[] groupStarts;
    private readonly double[] copies;

    private readonly double[] outerMode;
    private readonly double[] innerModes;
    private readonly double[] outerStep;
    private readonly double[] innerSteps;
    private readonly double[] schur;
    private readonly double[] cross;
    private readonly double[] regression;
    private readonly double[] innerFactors;
    private readonly double[] transform;

    private int top;
    private int rows;
    private int firstGroup;
    private int groups;

    /// <summary>Allocates the scratch for the largest group.</summary>
    public NestedIntegrator(GroupTree tree, ConditionalDensity density, ParameterPoint point, double[][] modes, QuadratureGrid outerGrid, QuadratureGrid innerGrid, bool adaptive)
    {
        this.tree = tree;
        data = tree.Data;
        this.density = density;
        this.point = point;
        this.modes = modes;
        this.adaptive = adaptive;
        grid = outerGrid;
        outerFactor = tree.Levels[0].Factor;
        inner = new LaneIntegrator(data.Columns, data.Factor, density, point, 1, innerGrid, adaptive, data.MaximumRows);
        p = data.Columns;
        qo = outerFactor.Dimension;
        qu = data.Dimension;
        lanes = VectorPadding.Vectors(grid.Count);
        var largestGroups = tree.MaximumDescendants(1);
        stride = VectorPadding.Length(tree.MaximumRows);
        (linear, eta, response, weight) = (new double[stride], new double[stride], new double[stride], new double[stride]);
        (first, second, third) = (new double[stride], new double[stride], new double[stride]);
        (outerRows, innerRows, rowOf) = (new double[stride * qo], new double[stride * qu], new int[stride]);
        (groupStarts, copies) = (new int[largestGroups + 1], new double[largestGroups]);
        (outerMode, outerStep) = (new double[qo], new double[qo]);
        (innerModes, innerSteps) = (new double[largestGroups * qu], new double[largestGroups * qu]);
        (schur, transform, jointRoot, movement) = (new double[qo * qo], new double[qo * qo], new double[qo * qo], new double[qo * qo]);
        (cross, regression) = (new double[largestGroups * qo * qu], new double[largestGroups * qo * qu]);
        innerFactors = new double[largestGroups * qu * qu];
        warm = new Vector<double>[qu];
        (logs, nodeDispersion) = (new Vector<double>[lanes], new Vector<double>[lanes]);
        (nodes, nodeEffects, nodeSlopes) = (NodeCoordinates(), new Vector<double>[lanes * qo], new Vector<double>[lanes * qo]);
        nodeRowScores = new Vector<double>[lanes * tree.MaximumRows];
        nodeTheta = new Vector<double>[lanes * data.Factor.ParameterCount];
        partialTheta = new Vector<double>[data.Factor.ParameterCount];
        (rowScores, residualScore, residualRows) = (new double[stride], new double[stride], new double[stride * qo]);
        (outerAdjoint, innerAdjoint) = (new double[qo], new double[largestGroups * qu]);
        dispersionRows = new double[3 * stride];
    }

    /// <inheritdoc/>
    public override double Integrate(int top, EvaluationNeeds needs)
    {
        Load(top);
        FindMode();
        outerMode.CopyTo(modes[0], top * qo);
        innerModes.AsSpan(0, groups * qu).CopyTo(modes[1].AsSpan(firstGroup * qu));
        var logDeterminant = PlaceNodes();
        for (var j = 0; j < groups; j++)
        {
            IntegrateGroup(j, needs);
        }

        return Normalize() - logDeterminant;
    }

    private Span<Vector<double>> RowVectors(double[] values, int column = 0) =>
        MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan(column * stride, VectorPadding.Length(rows)));
}
