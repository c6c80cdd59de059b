using MarginalConditional.Fuzzing.Running;
using MarginalConditional.Fuzzing.Targets;

namespace MarginalConditional.Fuzzing;

/// <summary>A bounded run of every target: whatever people write gives a result or a refusal, within a second.</summary>
public sealed class FuzzingTests
{
    private const int Inputs = 200;

    /// <summary>Whose inputs are mostly no formulas, frames, sums or studies: they are made of pieces at random.</summary>
    private static readonly string[] Refusing = ["formula", "frame", "contrasts", "yaml", "pair"];

    public static TheoryData<string> Targets => [.. TargetList.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_input_gives_a_result_or_is_refused(string name)
    {
        var report = FuzzRun.Of(TargetList.Named(name)!, 1, Inputs);
        Assert.True(report.Faults.Count == 0, string.Join("\n\n", report.Faults));
        Assert.Equal(Inputs, report.Count);
        Assert.True(
            report.Refused < 0.9 * Inputs || Refusing.Contains(name, StringComparer.Ordinal),
            $"{name} refuses {report.Refused} of {Inputs} inputs: hardly one gets past its words.");
    }

    [Fact]
    public void An_input_comes_back_by_its_number()
    {
        foreach (var target in TargetList.All)
        {
            Assert.Equal(target.Make(new Draws(target.Name, 7)).Text, target.Make(new Draws(target.Name, 7)).Text);
        }
    }
}
