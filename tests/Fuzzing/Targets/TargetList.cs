using MarginalConditional.Fuzzing.Commands;

namespace MarginalConditional.Fuzzing.Targets;

/// <summary>All targets, those that take the least time first.</summary>
internal static class TargetList
{
    /// <summary>The targets.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new ContrastTarget(),
        new FormulaTarget(),
        new CsvTarget(),
        new FileTarget(),
        new PairTarget(),
        new YamlTarget(),
        new FrameTarget(),
        new ChildTarget(),
        new ServeTarget(),
        new FitTarget(new SummarizeWriter()),
        new KeptTarget(),
        new FolderTarget(),
        .. CommandWriter.All.Select(writer => new FitTarget(writer)),
        new PictureTarget(),
        new CliTarget(),
    ];

    /// <summary>The target of a name; null if there is none.</summary>
    public static FuzzTarget? Named(string name) => All.FirstOrDefault(target => target.Name == name);
}
