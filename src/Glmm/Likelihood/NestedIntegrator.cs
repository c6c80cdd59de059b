using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MarginalConditional.Glmm.Densities;

namespace MarginalConditional.Glmm.Likelihood;

/// <summary>Integrates one group of the coarser level at a time: outer nodes around the joint mode, an inner quadrature of every finer group at each. The scratch of one thread.</summary>
/// <remarks>
/// With v the outer and u_j the inner standardized effects, η_i = a_i + o_iᵀv + c_iᵀu_j. The outer nodes are v̂ + Tz with v̂ from the joint mode
/// of all effects and TTᵀ = S⁻¹, S the Schur complement of the joint curvature, so that one node gives the joint Laplace approximation.
/// The integrand is h(v) = Σ_j m_j(v) − ½‖v‖² with m_j the inner quadrature of group j.
/// </remarks>
internal sealed partial class NestedIntegrator
{
    private readonly ClusterData data;
    private readonly Hierarchy hierarchy;
    private readonly ConditionalDensity density;
    private readonly ParameterPoint point;
    private readonly QuadratureGrid grid;
    private readonly bool adaptive;
    private readonly ClusterIntegrator inner;
    private readonly int p;
    private readonly int qo;
    private readonly int qu;
    private readonly int stride;
    private readonly int largestGroups;

    private readonly double[] linear;
    private readonly double[] eta;
    private readonly double[] response;
    private readonly double[] weight;
    private readonly double[] first;
    private readonly double[] second;
    private readonly double[] third;
    private readonly double[] outerRows;
    private readonly double[] innerRows;

    private readonly double[] outerMode;
    private readonly double[] innerModes;
    private readonly double[] outerStep;
    private readonly double[] innerSteps;
    private readonly double[] schur;
    private readonly double[] cross;
    private readonly double[] regression;
    private readonly double[] innerFactors;
    private readonly double[] transform;
    private readonly double[] effects;
    private readonly double[] shift;
    private readonly double[] warm;

    private readonly double[] logs;
    private readonly double[] nodeEffects;
    private readonly double[] nodeRowScores;
    private readonly double[] nodeTheta;
    private readonly double[] nodeDispersion;

    private int start;
    private int rows;
    private int firstGroup;
    private int groups;
    private int outerGroup;

    /// <summary>Allocates the scratch for the largest group.</summary>
    public NestedIntegrator(ClusterData data, Hierarchy hierarchy, ConditionalDensity density, ParameterPoint point, QuadratureGrid outerGrid, QuadratureGrid innerGrid, bool adaptive)
    {
        this.data = data;
        this.hierarchy = hierarchy;
        this.density = density;
        this.point = point;
        this.adaptive = adaptive;
        grid = outerGrid;
        inner = new ClusterIntegrator(data, density, point, 1, innerGrid, adaptive);
        p = data.Columns;
        qo = hierarchy.Levels[0].Factor.Dimension;
        qu = data.Dimension;
        var largestRows = 0;
        for (var g = 0; g < hierarchy.Levels[0].GroupCount; g++)
        {
            largestRows = Math.Max(largestRows, hierarchy.Levels[0].ClusterOffsets[g + 1] - hierarchy.Levels[0].ClusterOffsets[g]);
            largestGroups = Math.Max(largestGroups, hierarchy.FirstGroup(1, g + 1) - hierarchy.FirstGroup(1, g));
        }

        stride = VectorPadding.Length(largestRows);
        (linear, eta, response, weight) = (new double[stride], new double[stride], new double[stride], new double[stride]);
        (first, second, third, shift) = (new double[stride], new double[stride], new double[stride], new double[stride]);
        (outerRows, innerRows) = (new double[stride * qo], new double[stride * qu]);
        (outerMode, outerStep, effects) = (new double[qo], new double[qo], new double[qo]);
        (innerModes, innerSteps) = (new double[largestGroups * qu], new double[largestGroups * qu]);
        (schur, transform) = (new double[qo * qo], new double[qo * qo]);
        (cross, regression) = (new double[largestGroups * qo * qu], new double[largestGroups * qo * qu]);
        innerFactors = new double[largestGroups * qu * qu];
        warm = new double[qu];
        logs = new double[grid.Count];
        nodeEffects = new double[grid.Count * qo];
        nodeRowScores = new double[grid.Count * stride];
        nodeTheta = new double[grid.Count * data.Factor.ParameterCount];
        nodeDispersion = new double[grid.Count];
        AllocateDerivatives();
    }

    /// <summary>The log-likelihood of one group of the coarser level.</summary>
    public double Integrate(int cluster, NestedModes modes, EvaluationNeeds needs)
    {
        Load(cluster, modes);
        FindMode();
        outerMode.CopyTo(modes.Outer, cluster * qo);
        innerModes.AsSpan(0, groups * qu).CopyTo(modes.Inner.AsSpan(firstGroup * qu));
        var logDeterminant = PlaceNodes();
        for (var k = 0; k < grid.Count; k++)
        {
            IntegrateNode(k, needs);
        }

        var largest = TensorPrimitives.Max(logs);
        var sum = 0.0;
        for (var k = 0; k < logs.Length; k++)
        {
            logs[k] = Math.Exp(logs[k] - largest);
            sum += logs[k];
        }

        for (var k = 0; k < logs.Length; k++)
        {
            logs[k] /= sum;
        }

        return largest + Math.Log(sum) - logDeterminant;
    }

    private Span<Vector<double>> RowVectors(double[] values) =>
        MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan(0, VectorPadding.Length(rows)));

    private int GroupStart(int j) => data.PatternOffsets[firstGroup + j] - start;
}
