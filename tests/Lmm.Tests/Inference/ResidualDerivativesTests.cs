using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Model;
using MarginalConditional.Lmm.Residual;

namespace MarginalConditional.Lmm.Tests.Inference;

public sealed class ResidualDerivativesTests
{
    public static TheoryData<string> Structures =>
        new(ResidualStructure.All.Where(structure => structure != ResidualStructure.Identity).Select(structure => structure.Name));

    /// <summary>R is a function of a few numbers: its derivatives by differences of fourth order with other steps.</summary>
    [Theory]
    [MemberData(nameof(Structures))]
    public void Derivatives_of_every_structure_match_differences(string name)
    {
        Assert.True(ResidualStructure.TryParse(name, out var structure));
        var frame = LinearFrames.Longitudinal(111, 15, 4, slope: false, random: false);
        var data = LinearMixedData.Create(frame, frame.Response, frame.Weights, structure, []);
        var (model, theta, m) = (data.Residual!, data.Start(), data.Residual!.Layout.Waves);
        var natural = model.Shape.ToNatural(theta, m, 1.3);
        var index = 0;
        foreach (var unit in new ResidualDerivatives(model, theta, 1.3).Units())
        {
            var ranks = model.Layout.Patterns[index++].Ranks;
            double Entry(double[] values, int i, int j)
            {
                var full = new double[m * m];
                model.Shape.Fill(values, model.Layout.Times, full);
                return full[(ranks[i] * m) + ranks[j]];
            }

            Assert.Equal(model.Shape.IsLinear, unit.Second.Count == 0);
            for (var at = 0; at < unit.Size * unit.Size; at++)
            {
                var (i, j) = (at / unit.Size, at % unit.Size);
                Relative.Equal(Entry(natural, i, j), unit.Covariance[at], 1e-13);
                for (var k = 0; k < natural.Length; k++)
                {
                    Relative.Equal(Slope(values => Entry(values, i, j), natural, k), unit.Derivatives[k][at], 1e-7);
                }

                foreach (var (a, b, matrix) in unit.Second)
                {
                    Relative.Equal(Slope(values => Slope(inner => Entry(inner, i, j), values, b), natural, a), matrix[at], 1e-5);
                }
            }
        }
    }

    private static double Slope(Func<double[], double> function, double[] values, int k)
    {
        var step = 2e-3 * Math.Max(Math.Abs(values[k]), 0.1);
        double Moved(double by)
        {
            var moved = (double[])values.Clone();
            moved[k] += by;
            return function(moved);
        }

        return ((8 * (Moved(step) - Moved(-step))) - Moved(2 * step) + Moved(-2 * step)) / (12 * step);
    }
}
