using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Quadrature;

namespace MarginalConditional.Glmm.Tests.Quadrature;

/// <summary>The modes that <see cref="LaneModes"/> finds, with their curvature, are those of Newton's method for one cluster.</summary>
public sealed class LaneModesTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(2, 6)]
    [InlineData(2, -9)]
    public void Modes_and_factors_equal_scalar_ones_from_near_and_far(int effects, double start)
    {
        foreach (var law in new IScalarLaw[] { new BernoulliLaw(), new GammaLaw() })
        {
            var crew = new LaneCrew(law, effects, 1, 8);
            var warm = new Vector256<double>[effects];
            void Find()
            {
                warm.AsSpan().Fill(Vector256.Create(start));
                crew.Modes.Find(warm);
            }

            crew.ForEveryLane(Find, (lane, pattern) =>
            {
                var (mode, factor) = crew.Twin(pattern).Mode(crew.Parameters);
                for (var b = 0; b < effects; b++)
                {
                    LaneCrew.Close(mode[b], crew.Modes.Mode[b][lane], 1e-9);
                    Assert.Equal(crew.Modes.Mode[b][lane], warm[b][lane]);
                    for (var c = 0; c <= b; c++)
                    {
                        LaneCrew.Close(factor[(b * effects) + c], crew.Modes.Factor[(b * effects) + c][lane], 1e-9);
                    }
                }
            });
        }
    }

    [Fact]
    public void The_rows_derivatives_are_those_at_the_modes()
    {
        foreach (var law in new IScalarLaw[] { new BernoulliLaw(), new GammaLaw() })
        {
            var crew = new LaneCrew(law, 2, 1, 6);
            crew.ForEveryLane(() => { }, (lane, pattern) =>
            {
                const double Step = 1e-4;
                var start = crew.Data.PatternOffsets[pattern];
                for (var i = 0; i < crew.Data.PatternOffsets[pattern + 1] - start; i++)
                {
                    var eta = crew.Modes.Predictor[i][lane];
                    var (_, first, second) = crew.Row(start + i, eta);
                    LaneCrew.Close(first, crew.Modes.First[i][lane], 1e-12);
                    LaneCrew.Close(second, crew.Modes.Second[i][lane], 1e-12);
                    var third = (crew.Row(start + i, eta + Step).Second - crew.Row(start + i, eta - Step).Second) / (2 * Step);
                    LaneCrew.Close(third, crew.Modes.Third[i][lane], 1e-7);
                }
            });
        }
    }
}
