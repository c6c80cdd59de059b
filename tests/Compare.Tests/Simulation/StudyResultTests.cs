using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;

namespace MarginalConditional.Compare.Tests.Simulation;

/// <summary>The result of a study is a value: what is run or recorded later does not reach it.</summary>
public sealed class StudyResultTests
{
    private static readonly Study Study = Studies.Read(Studies.Small) with { Replicates = 6 };

    [Fact]
    public void A_fit_answers_many_threads_with_the_bits_of_one() => Questions.AskAtOnce(
        () => Numbers(SimulationRunner.Run(Study, new SimulationOptions { Threads = 2 })),
        () => Numbers(SimulationRunner.Run(Study, new SimulationOptions { Threads = 1 })),
        () => [.. SimulationRunner.RunOne(Study, 3, 4).Select(estimate => estimate.Value)]);

    [Fact]
    public void The_order_of_questions_changes_no_bit()
    {
        var estimates = new StudyEstimates(Study);
        var half = SimulationRunner.Run(Study, new SimulationOptions { Known = estimates, Shard = new Shard(0, 2) });
        var before = Numbers(half);
        var whole = SimulationRunner.Run(Study, new SimulationOptions { Known = estimates });

        Assert.Equal(before, Numbers(half));
        Assert.NotEqual(before, Numbers(whole));
        Assert.Equal(Numbers(SimulationRunner.Run(Study, new SimulationOptions())), Numbers(whole));
        Questions.AskInEitherOrder(
            () => Numbers(half),
            () => Numbers(whole),
            () => Numbers(SimulationRunner.Run(Study, new SimulationOptions { Shard = new Shard(0, 2) })));
    }

    [Fact]
    public void A_scenario_keeps_its_settings_when_the_dictionary_changes()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["sigma"] = "2" };
        var scenario = new Scenario(1, settings, ["sigma"], Study.Scenarios[0].Source);
        settings["sigma"] = "3";

        Assert.Equal("2", scenario.Setting("sigma"));
        Assert.Equal("sigma = 2", scenario.Label);
    }

    private static double[] Numbers(StudyResult result) =>
    [
        .. result.Scenarios.SelectMany(scenario => scenario.Performance.SelectMany((
            row,
            m) => new[] { row.Mean.Value, row.Coverage.Value, row.ModelError.Value }
            .Concat(scenario.Estimates(m).ToArray().SelectMany(estimate => new[] { estimate.Value, estimate.StandardError })))),
    ];
}
