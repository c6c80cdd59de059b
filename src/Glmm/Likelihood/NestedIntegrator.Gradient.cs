using System.Numerics;
using System.Runtime.InteropServices;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Likelihood;

/// <content>The exact gradient of a nested quadrature, with the movement of the outer nodes.</content>
internal sealed partial class NestedIntegrator
{
    private double[] partialTheta = [];
    private double[] jointRoot = [];
    private double[] innerRoot = [];
    private double[] rowScores = [];
    private double[] residualRows = [];
    private double[] residualScore = [];
    private double[] movement = [];
    private double[] outerAdjoint = [];
    private double[] innerAdjoint = [];
    private double[] dispersionRows = [];

    /// <summary>Adds the gradient of the last group's log-likelihood in (β, θ outer, θ inner, log φ).</summary>
    /// <remarks>
    /// As for one level, with the inner quadratures' derivatives in each row's linear predictor in the place of ℓ′ at the nodes. The movement
    /// of the outer nodes goes through the joint mode and dS = Σ dω õõᵀ + ω[(do − B dc)õᵀ + õ(do − B dc)ᵀ], õ = o − Bc, so one adjoint
    /// solve of the joint system serves all parameters.
    /// </remarks>
    public void AddGradient(Span<double> gradient)
    {
        var outer = hierarchy.Levels[0].Factor;
        var outerTheta = gradient.Slice(p, outer.ParameterCount);
        var innerTheta = gradient.Slice(p + outer.ParameterCount, data.Factor.ParameterCount);
        rowScores.AsSpan(0, rows).Clear();
        for (var k = 0; k < grid.Count; k++)
        {
            Dense.AddScaled(logs[k], nodeRowScores.AsSpan(k * stride, rows), rowScores);
            Dense.AddScaled(logs[k], nodeTheta.AsSpan(k * innerTheta.Length, innerTheta.Length), innerTheta);
            AddOuterFisher(k, outerTheta);
        }

        if (adaptive)
        {
            Movement();
            AddOuterMovement(outerTheta);
            AddInnerMovement(innerTheta);
        }

        for (var i = 0; i < rows; i++)
        {
            Dense.AddScaled(rowScores[i], data.Design.AsSpan((start + i) * p, p), gradient);
        }

        if (density.HasFreeDispersion)
        {
            gradient[^1] += Dense.Dot(logs, nodeDispersion) + (adaptive ? DispersionMovement() : 0);
        }
    }

    private void AllocateDerivatives()
    {
        partialTheta = new double[data.Factor.ParameterCount];
        jointRoot = new double[qo * qo];
        innerRoot = new double[qu * qu];
        rowScores = new double[stride];
        residualRows = new double[stride * qo];
        residualScore = new double[stride];
        movement = new double[qo * qo];
        outerAdjoint = new double[qo];
        innerAdjoint = new double[largestGroups * qu];
        dispersionRows = new double[3 * stride];
    }

    // Σ_i z_ia g_i at node k times v_kb: Fisher's part.
    private void AddOuterFisher(int k, Span<double> theta)
    {
        var factor = hierarchy.Levels[0].Factor;
        for (var e = 0; e < theta.Length; e++)
        {
            theta[e] += logs[k] * OuterSlope(k, factor.Rows[e]) * nodeEffects[(k * qo) + factor.Columns[e]];
        }
    }

    private double OuterSlope(int k, int a)
    {
        var sum = 0.0;
        var z = hierarchy.Designs[0];
        for (var i = 0; i < rows; i++)
        {
            sum += z[((start + i) * qo) + a] * nodeRowScores[(k * stride) + i];
        }

        return sum;
    }

    private static Span<Vector<double>> Vectors(Span<double> values) =>
        MemoryMarshal.Cast<double, Vector<double>>(values);
}
