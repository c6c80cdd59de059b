using MarginalConditional.Compare.Summaries;
using Xunit;

namespace MarginalConditional.Compare.Tests.Summaries;

/// <summary>Degrees of freedom of weighted means, by the matrices of their definition.</summary>
public sealed class ArmContrastTests
{
    private static readonly double[] Sizes = [10, 40, 25, 7, 12, 33, 90, 5, 18];

    private static readonly int[] Arms = [0, 1, 0, 1, 2, 1, 0, 1, 1];

    [Fact]
    public void Satterthwaite_degrees_are_those_of_the_quadratic_form()
    {
        var (trace, square) = (0.0, 0.0);
        for (var arm = 0; arm < 2; arm++)
        {
            double[] own = [.. Sizes.Where((_, c) => Arms[c] == arm)];
            double[] q = [.. own.Select(size => size / own.Sum())];
            var form = new double[q.Length, q.Length];
            for (var i = 0; i < q.Length; i++)
            {
                for (var j = 0; j < q.Length; j++)
                {
                    for (var k = 0; k < q.Length; k++)
                    {
                        form[i, j] += ((k == i ? 1 : 0) - q[i]) * q[k] * q[k] / (1 - q[k]) * ((k == j ? 1 : 0) - q[j]);
                    }
                }
            }

            for (var i = 0; i < q.Length; i++)
            {
                trace += form[i, i];
                for (var j = 0; j < q.Length; j++)
                {
                    square += form[i, j] * form[j, i];
                }
            }
        }

        Assert.Equal(trace * trace / square, Contrast(Sizes, Arms).SatterthwaiteDegrees(), 1e-12);
    }

    [Fact]
    public void Equal_clusters_in_equal_arms_have_all_but_two()
    {
        var equal = Contrast([3, 3, 3, 3, 3, 3], [0, 1, 0, 1, 0, 1]);
        Assert.Equal(4, equal.SatterthwaiteDegrees(), 1e-12);
        Assert.Equal(4, equal.RobustDegrees(40));
    }

    [Fact]
    public void Many_clusters_need_none()
    {
        var contrast = Contrast(Sizes, Arms);
        double[] compared = [10, 40, 25, 7, 33, 90, 5, 18];
        Assert.Equal(Math.Pow(compared.Sum(), 2) / compared.Sum(size => size * size), contrast.CountBySize, 1e-12);
        Assert.Equal(6, contrast.RobustDegrees(contrast.CountBySize));
        Assert.InRange(contrast.RobustDegrees(40), 1, 5);
    }

    private static ArmContrast Contrast(double[] sizes, int[] arms) =>
        new([.. sizes.Select((_, c) => (double)(c * c % 5))], sizes, arms, 0, 1);
}
