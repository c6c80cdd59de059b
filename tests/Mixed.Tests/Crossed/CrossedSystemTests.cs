using System.Globalization;
using MarginalConditional.Data.Frames;
using MarginalConditional.Mixed.Crossed;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Mixed.Tests.Crossed;

/// <summary>The blocks of <see cref="CrossedLayout"/> and <see cref="CrossedSystem"/> against one dense matrix of all effects.</summary>
public sealed class CrossedSystemTests
{
    public static TheoryData<int, int> Cases => new() { { 1, 0 }, { 1, 2 }, { 2, 0 }, { 2, 3 } };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Determinant_solutions_and_inverse_are_those_of_the_dense_matrix(int q, int tail)
    {
        var layout = Layout(q);
        var (system, dense) = (new CrossedSystem(layout, tail, 1), new DenseTwin(layout, tail));
        dense.Fill(system);
        var effects = dense.Effects;
        var leading = dense.Matrix.SubMatrix(0, effects, 0, effects);
        Assert.True(system.TryFactor());
        Assert.Equal(leading.Cholesky().DeterminantLn, system.LogDeterminant, 1e-9);
        var right = Vector<double>.Build.Dense(effects, i => Math.Cos(3 * i));
        var expected = leading.Solve(right);
        var own = right.SubVector(0, layout.Groups * q).ToArray();
        var rest = right.SubVector(layout.Groups * q, layout.RestDimension).ToArray();
        CrossedSolver.Solve(system, own, rest);
        AssertClose(expected, [.. own, .. rest]);
        if (tail > 0)
        {
            var combination = Enumerable.Range(1, tail).Select(t => 0.5 * t).ToArray();
            var columns = dense.Matrix.SubMatrix(0, effects, effects, tail);
            CrossedSolver.SolveTail(system, combination, own, rest);
            AssertClose(leading.Solve(columns * Vector<double>.Build.Dense(combination)), [.. own, .. rest]);
        }

        system.Invert();
        var inverse = dense.AssertAdjoint(system, leading.Inverse());
        var (block, cross) = (new double[q * q], new double[q * (layout.RestDimension + tail)]);
        for (var g = 0; g < layout.Groups; g++)
        {
            system.FillInverse(g, block, cross);
            var places = system.Places(g).ToArray();
            for (var a = 0; a < q; a++)
            {
                for (var b = 0; b < q; b++)
                {
                    Assert.Equal(inverse[(g * q) + a, (g * q) + b], block[(a * q) + b], 1e-10);
                }

                for (var k = 0; k < places.Length; k++)
                {
                    Assert.Equal(inverse[(g * q) + a, (layout.Groups * q) + places[k]], cross[(a * places.Length) + k], 1e-10);
                }
            }
        }
    }

    [Fact]
    public void The_layout_sorts_rows_by_the_grouping_with_most_effects_and_lists_what_each_group_meets()
    {
        var layout = Layout(1);
        Assert.Equal("a", layout.Own[0].Group);
        Assert.Equal(["b", "c"], layout.Rest.Select(term => term.Group));
        for (var g = 0; g < layout.Groups; g++)
        {
            var met = new SortedSet<int>();
            for (var i = layout.Offsets[g]; i < layout.Offsets[g + 1]; i++)
            {
                var row = layout.RowOrder[i];
                Assert.Equal(g, layout.Own[0].Groups[row]);
                for (var t = 0; t < 2; t++)
                {
                    var start = layout.RestStart(t) + (layout.Rest[t].Groups[row] * layout.Rest[t].Dimension);
                    Assert.Equal(start, layout.Columns(g)[layout.Places(i)[t]]);
                    met.UnionWith(Enumerable.Range(start, layout.Rest[t].Dimension));
                }
            }

            Assert.Equal(met, layout.Columns(g).ToArray());
        }
    }

    private static void AssertClose(Vector<double> expected, double[] actual)
    {
        Assert.Equal(expected.Count, actual.Length);
        for (var i = 0; i < actual.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-10);
        }
    }

    /// <summary>Groups a, with q effects, crossed with b, of two effects, and c: not everything meets.</summary>
    private static CrossedLayout Layout(int q)
    {
        const int Rows = 60;
        int[] a = [.. Enumerable.Range(0, Rows).Select(i => (i * 7) % 13)];
        int[] b = [.. Enumerable.Range(0, Rows).Select(i => i * i % 5)];
        int[] c = [.. Enumerable.Range(0, Rows).Select(i => i % 3)];
        var (own, rest) = CrossedLayout.Split([Term("c", c, 3, 1), Term("b", b, 5, 2), Term("a", a, 13, q)]);
        return new CrossedLayout(own, [.. rest.OrderBy(term => term.Group, StringComparer.Ordinal)]);
    }

    private static RandomTermDesign Term(string name, int[] groups, int count, int q) => new(
        name,
        groups,
        count,
        index => index.ToString(CultureInfo.InvariantCulture),
        [.. Enumerable.Range(0, q).Select(j => "x" + j.ToString(CultureInfo.InvariantCulture))],
        new double[groups.Length * q],
        correlated: true);

    /// <summary>The same matrix with every effect in it: first the groups, then the rest and the tail.</summary>
    private sealed class DenseTwin(CrossedLayout layout, int tail)
    {
        private readonly int q = layout.OwnDimension;

        public Matrix<double> Matrix { get; } = Matrix<double>.Build.Dense(
            (layout.Groups * layout.OwnDimension) + layout.RestDimension + tail,
            (layout.Groups * layout.OwnDimension) + layout.RestDimension + tail);

        public int Effects => Matrix.RowCount - tail;

        public void Fill(CrossedSystem system)
        {
            system.Clear();
            var at = 0;
            for (var g = 0; g < layout.Groups; g++)
            {
                var places = system.Places(g).ToArray();
                for (var a = 0; a < q; a++)
                {
                    for (var b = 0; b <= a; b++)
                    {
                        var value = a == b ? 4 + Math.Sin(g) : 0.3;
                        system.Own(g)[(a * q) + b] = value;
                        Set((g * q) + a, (g * q) + b, value);
                    }

                    for (var k = 0; k < places.Length; k++)
                    {
                        var value = 0.5 * Math.Sin(++at);
                        system.Coupling(g)[(a * places.Length) + k] = value;
                        Set((layout.Groups * q) + places[k], (g * q) + a, value);
                    }
                }
            }

            for (var i = 0; i < system.Stride; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    var value = i == j ? 12 : 0.4 * Math.Cos(i + (2 * j));
                    system.Rest[(i * system.Stride) + j] = value;
                    Set((layout.Groups * q) + i, (layout.Groups * q) + j, value);
                }
            }
        }

        /// <summary>
        /// The derivative of log|leading| + tr(A S), S what is left for the tail: the inverse when there is no tail.
        /// </summary>
        public Matrix<double> AssertAdjoint(CrossedSystem system, Matrix<double> inverse)
        {
            var weights = Matrix<double>.Build.Dense(tail + 1, tail + 1, (i, j) => i == j ? 2 : 0.5).SubMatrix(0, tail, 0, tail);
            if (tail == 0)
            {
                return inverse;
            }

            system.AddTail(weights.ToRowMajorArray());
            var regression = Matrix.SubMatrix(Effects, tail, 0, Effects) * inverse;
            var all = Matrix<double>.Build.Dense(Matrix.RowCount, Matrix.RowCount);
            all.SetSubMatrix(0, 0, inverse + (regression.Transpose() * weights * regression));
            all.SetSubMatrix(Effects, 0, -weights * regression);
            all.SetSubMatrix(0, Effects, -(regression.Transpose() * weights));
            all.SetSubMatrix(Effects, Effects, weights);
            for (var i = 0; i < system.Stride; i++)
            {
                for (var j = 0; j < system.Stride; j++)
                {
                    Assert.Equal(
                        all[(layout.Groups * q) + i, (layout.Groups * q) + j],
                        system.Rest[(i * system.Stride) + j],
                        1e-10);
                }
            }

            return all;
        }

        private void Set(int i, int j, double value)
        {
            Matrix[i, j] = value;
            Matrix[j, i] = value;
        }
    }
}
