namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>What a folder for results may hold before they are written.</summary>
internal enum FolderUse
{
    /// <summary>Nothing.</summary>
    New,

    /// <summary>An earlier run of the same study, to go on with.</summary>
    Resume,

    /// <summary>Results of any study, to be replaced.</summary>
    Overwrite,
}
