namespace MarginalConditional.Data.Files.Sas;

/// <summary>A variable of a SAS transport file.</summary>
internal readonly record struct XptVariable
{
    /// <summary>The name.</summary>
    internal required string Name { get; init; }

    /// <summary>The label; empty without one.</summary>
    internal required string Label { get; init; }

    /// <summary>The name of its format; empty without one.</summary>
    internal required string Format { get; init; }

    /// <summary>Whether it holds text.</summary>
    internal required bool IsText { get; init; }

    /// <summary>Its first byte in a row.</summary>
    internal required int Position { get; init; }

    /// <summary>Its bytes in a row.</summary>
    internal required int Length { get; init; }
}
