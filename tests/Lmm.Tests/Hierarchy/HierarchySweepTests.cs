using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Lmm.Model;
using MarginalConditional.Lmm.Residual;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Hierarchy;

public sealed class HierarchySweepTests
{
    public static TheoryData<string> Cases => new("nested", "scattered", "crossed", "slopes", "structured", "structured without effects");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_leaves_the_moments_in_the_metric_of_the_dense_covariance(string name)
    {
        var (data, theta) = Prepare(name);
        var (sweep, workspace, logDeterminant) = Forward(data, theta);
        var (w, x) = (new DenseWorking(data).Covariance(theta), new DenseWorking(data).Fixed);
        Relative.Equal(w.Cholesky().DeterminantLn, logDeterminant, 1e-10);
        var expected = x.Transpose() * w.Cholesky().Solve(x);
        for (var i = 0; i < sweep.RootSize; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                Relative.Equal(expected[i, j], workspace.Root[(i * sweep.RootSize) + j], 1e-9);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Backward_gives_the_derivative_of_log_determinant_and_moments_by_differences(string name)
    {
        var (data, theta) = Prepare(name);
        var adjoint = Matrix<double>.Build.Dense(data.Rows.FixedEffects + 1, data.Rows.FixedEffects + 1, (i, j) => 0.1 * Math.Cos(i + j));
        double Value(double[] at)
        {
            var (_, workspace, logDeterminant) = Forward(data, at);
            var value = logDeterminant;
            for (var i = 0; i < adjoint.RowCount; i++)
            {
                for (var j = 0; j < adjoint.RowCount; j++)
                {
                    value += adjoint[i, j] * workspace.Root[(Math.Max(i, j) * adjoint.RowCount) + Math.Min(i, j)];
                }
            }

            return value;
        }

        var (sweep, own, _) = Forward(data, theta);
        own.ResetDerivatives();
        sweep.Backward(0, data.TopOffsets().Length - 1, adjoint.ToRowMajorArray(), own);
        var gradient = new double[theta.Length];
        var start = 0;
        for (var level = 0; level < data.Hierarchy.Levels.Count; level++)
        {
            var factor = data.Hierarchy.Levels[level].Factor;
            factor.Chain(own.Derivative(level), sweep.Lambda(level), gradient.AsSpan(start, factor.Parameters));
            start += factor.Parameters;
        }

        for (var k = 0; k < start; k++)
        {
            const double Step = 1e-5;
            var (up, down) = ((double[])theta.Clone(), (double[])theta.Clone());
            up[k] += Step;
            down[k] -= Step;
            Relative.Equal((Value(up) - Value(down)) / (2 * Step), gradient[k], 1e-6);
        }
    }

    internal static (LinearMixedData Data, double[] Theta) Prepare(string name)
    {
        ModelFrame frame = name switch
        {
            "nested" => LinearFrames.Nested(31, 4, 3, 2, 2),
            "scattered" => LinearFrames.Nested(32, 3, 3, 2, 2, scatter: true),
            "crossed" => LinearFrames.Crossed(33, 8, 5),
            "slopes" => LinearFrames.Longitudinal(34, 9, 5, slope: true),
            "structured" => LinearFrames.Longitudinal(35, 9, 4, slope: true, correlated: false),
            _ => LinearFrames.Longitudinal(36, 9, 4, slope: false, random: false),
        };
        var structure = name.StartsWith("structured", StringComparison.Ordinal)
            ? ResidualStructure.HeterogeneousFirstOrderAutoregression
            : ResidualStructure.Identity;
        var data = LinearMixedData.Create(frame, frame.Response, frame.Weights, structure, []);
        data = data.Hierarchy.Layout is null ? data : data.Spread(frame.RandomTerms);
        var theta = data.Start();
        for (var k = 0; k < theta.Length; k++)
        {
            theta[k] += 0.2 * Math.Sin(k + 1);
        }

        return (data, theta);
    }

    private static (HierarchySweep Sweep, SweepWorkspace Workspace, double LogDeterminant) Forward(LinearMixedData data, double[] theta)
    {
        var residual = data.Residual is null ? null : new ResidualFactors(data.Residual);
        var logDeterminant = residual?.Update(theta.AsSpan(data.RandomParameters)) ?? 0;
        var sweep = new HierarchySweep(data, residual);
        var workspace = new SweepWorkspace(data.Hierarchy.Levels, sweep.RootSize, data.Residual);
        sweep.SetFactors(theta);
        sweep.Open(0, data.TopOffsets().Length - 1, workspace.Plain, workspace);
        workspace.ResetRoot();
        return (sweep, workspace, logDeterminant + sweep.Forward(0, data.TopOffsets().Length - 1, workspace));
    }
}
