using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Model;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Inference;

/// <summary>
/// V = W + zDzᵀ with a dense W that depends on two parameters: what the step makes of moments of [z, r] against inverses of V.
/// </summary>
public sealed class VarianceStepTests
{
    private const int N = 9, Q = 2, R = 3, Own = 3;
    private const double Scale = 1.4;

    private readonly Numbers numbers = new(91);
    private readonly Matrix<double> z;
    private readonly Matrix<double> r;
    private readonly Matrix<double> inverseW;
    private readonly Matrix<double> inverseV;
    private readonly Matrix<double>[] slopes;
    private readonly Matrix<double>[] units;
    private readonly VarianceMoments moments = new(Q + R, 2);
    private readonly double[] relativeInner;
    private readonly RelativeFactor factor;

    public VarianceStepTests()
    {
        (z, r) = (Random(N, Q), Random(N, R));
        var root = Random(N, N);
        var w = (root * root.Transpose()) + Matrix<double>.Build.DenseIdentity(N);
        var d = Matrix<double>.Build.DenseOfRowMajor(Q, Q, [1.3, 0.4, 0.4, 0.8]);
        slopes = [.. Enumerable.Range(0, 2).Select(_ => Random(N, N)).Select(square => square + square.Transpose())];
        factor = new RelativeFactor(
            [new RandomTermDesign("g", new int[N], 1, LinearFrames.Label, ["a", "b"], new double[N * Q], correlated: true)],
            spread: false);
        units = [.. Enumerable.Range(0, Own)
            .Select(k => Matrix<double>.Build.Dense(Q, Q, (i, j) => (i, j) == factor.Place(k, 0) || (j, i) == factor.Place(k, 0) ? 1 : 0))];
        (inverseW, inverseV) = (w.Inverse(), (w + (z * d * z.Transpose())).Inverse());
        relativeInner = ((d.Inverse() + (z.Transpose() * inverseW * z)).Inverse() / Scale).ToRowMajorArray();
        var u = z.Append(r);
        (u.Transpose() * inverseW * u).ToRowMajorArray().CopyTo(moments.Plain, 0);
        for (var k = 0; k < 2; k++)
        {
            (u.Transpose() * inverseW * slopes[k] * inverseW * u).ToRowMajorArray().CopyTo(moments.First[k], 0);
            for (var l = 0; l <= k; l++)
            {
                (u.Transpose() * inverseW * slopes[k] * inverseW * slopes[l] * inverseW * u)
                    .ToRowMajorArray()
                    .CopyTo(moments.Second[k][l], 0);
            }
        }
    }

    private VarianceStep Step => new(factor, moments, relativeInner, Scale);

    [Fact]
    public void Moments_of_the_rest_are_those_in_the_metric_of_V()
    {
        Check(r.Transpose() * inverseV * r, target => Step.AddPlain(target));
        for (var k = 0; k < 2; k++)
        {
            Check(r.Transpose() * inverseV * slopes[k] * inverseV * r, target => Step.AddReduced(moments.First[k], target));
            for (var l = 0; l <= k; l++)
            {
                var expected = r.Transpose() * inverseV * slopes[k] * inverseV * slopes[l] * inverseV * r;
                Check(expected, target => Step.AddReducedPair(moments.First[k], moments.First[l], moments.Second[k][l], target));
                var change = Trace(inverseV, slopes[k], inverseV, slopes[l]) - Trace(inverseW, slopes[k], inverseW, slopes[l]);
                Relative.Equal(change, Step.TraceChange(moments.First[k], moments.First[l], moments.Second[k][l]), 1e-10);
            }
        }
    }

    [Fact]
    public void Entries_of_D_enter_as_derivatives_of_V()
    {
        for (var k = 0; k < Own; k++)
        {
            var first = z * units[k] * z.Transpose();
            Check(r.Transpose() * inverseV * first * inverseV * r, target => Step.AddOwn(k, target));
            for (var l = 0; l < Own; l++)
            {
                var second = z * units[l] * z.Transpose();
                Check(r.Transpose() * inverseV * first * inverseV * second * inverseV * r, target => Step.AddOwnPair(k, l, target));
                Relative.Equal(Trace(inverseV, first, inverseV, second), Step.TraceOwn(k, l), 1e-10);
            }

            for (var w = 0; w < 2; w++)
            {
                Check(
                    r.Transpose() * inverseV * slopes[w] * inverseV * first * inverseV * r,
                    target => Step.AddMixedPair(moments.First[w], k, target));
                Relative.Equal(Trace(inverseV, slopes[w], inverseV, first), Step.TraceMixed(moments.First[w], k), 1e-10);
            }
        }
    }

    private static void Check(Matrix<double> expected, Action<double[]> add)
    {
        var target = new double[R * R];
        add(target);
        Relative.Equal(expected.ToRowMajorArray(), target, 1e-10);
    }

    private static double Trace(params Matrix<double>[] factors) => factors.Aggregate((left, right) => left * right).Trace();

    private Matrix<double> Random(int rows, int columns) => Matrix<double>.Build.Dense(rows, columns, (_, _) => numbers.Normal());
}
