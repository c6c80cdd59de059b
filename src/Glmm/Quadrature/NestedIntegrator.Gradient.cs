using System.Numerics;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Quadrature;

/// <content>The exact gradient of a nested quadrature, with the movement of the outer nodes.</content>
internal sealed partial class NestedIntegrator
{
    private readonly Vector<double>[] nodeSlopes;
    private readonly double[] jointRoot;
    private readonly double[] rowScores;
    private readonly double[] residualRows;
    private readonly double[] residualScore;
    private readonly double[] movement;
    private readonly double[] outerAdjoint;
    private readonly double[] innerAdjoint;
    private readonly double[] dispersionRows;

    /// <inheritdoc/>
    /// <remarks>
    /// As for one level, with the inner quadratures' derivatives in each row's linear predictor in the place of ℓ′ at the nodes. The movement
    /// of the outer nodes goes through the joint mode and dS = Σ dω õõᵀ + ω[(do − B dc)õᵀ + õ(do − B dc)ᵀ], õ = o − Bc, so one adjoint
    /// solve of the joint system serves all parameters.
    /// </remarks>
    public override void AddGradient(double multiplicity, Span<double> gradient)
    {
        Span<double> outerTheta = stackalloc double[outerFactor.ParameterCount];
        Span<double> innerTheta = stackalloc double[data.Factor.ParameterCount];
        AddFisher(outerTheta, innerTheta);
        if (adaptive)
        {
            Movement();
            AddOuterMovement(outerTheta);
            AddInnerMovement(innerTheta);
        }

        for (var i = 0; i < rows; i++)
        {
            Dense.AddScaled(multiplicity * rowScores[i], data.Design.AsSpan(rowOf[i] * p, p), gradient);
        }

        Dense.AddScaled(multiplicity, outerTheta, gradient[p..]);
        Dense.AddScaled(multiplicity, innerTheta, gradient[(p + outerTheta.Length)..]);
        if (density.HasFreeDispersion)
        {
            var sum = Vector<double>.Zero;
            for (var k = 0; k < lanes; k++)
            {
                sum += logs[k] * nodeDispersion[k];
            }

            gradient[^1] += multiplicity * (Vector.Sum(sum) + (adaptive ? DispersionMovement() : 0));
        }
    }

    // Σ_k p_k of the derivatives at the nodes held still: of each row's predictor, of the inner θ, and Σ_i z_ia g_i v_b of the outer.
    private void AddFisher(Span<double> outerTheta, Span<double> innerTheta)
    {
        nodeSlopes.AsSpan().Clear();
        for (var i = 0; i < rows; i++)
        {
            var sum = Vector<double>.Zero;
            var scores = nodeRowScores.AsSpan(i * lanes, lanes);
            for (var k = 0; k < scores.Length; k++)
            {
                sum += logs[k] * scores[k];
                for (var a = 0; a < qo; a++)
                {
                    nodeSlopes[(k * qo) + a] += OuterDesign(i, a) * scores[k];
                }
            }

            rowScores[i] = Vector.Sum(sum);
        }

        for (var e = 0; e < innerTheta.Length; e++)
        {
            var sum = Vector<double>.Zero;
            for (var k = 0; k < lanes; k++)
            {
                sum += logs[k] * nodeTheta[(k * innerTheta.Length) + e];
            }

            innerTheta[e] = Vector.Sum(sum);
        }

        for (var e = 0; e < outerTheta.Length; e++)
        {
            var sum = Vector<double>.Zero;
            for (var k = 0; k < lanes; k++)
            {
                sum += logs[k] * nodeSlopes[(k * qo) + outerFactor.Rows[e]] * nodeEffects[(k * qo) + outerFactor.Columns[e]];
            }

            outerTheta[e] = Vector.Sum(sum);
        }
    }

    private double OuterDesign(int i, int a) => data.CoarseDesign[(rowOf[i] * qo) + a];
}
