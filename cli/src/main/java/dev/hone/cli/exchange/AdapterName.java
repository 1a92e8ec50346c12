package dev.hone.cli.exchange;

import dev.hone.adapter.Adapter;

/** The adapters that a command can name. */
enum AdapterName {
  /** Sections marked by headers. */
  CHAT,
  /** One JSON object. */
  JSON,
  /** Fields between tags. */
  XML,
  /** The arguments of a tool. */
  FUNCTIONS;

  Adapter adapter() {
    return switch (this) {
      case CHAT -> Adapter.chat();
      case JSON -> Adapter.json();
      case XML -> Adapter.xml();
      case FUNCTIONS -> Adapter.functions();
    };
  }

  /** The adapter of a prompt format, such as {@code json/2}; that of chat for any other. */
  static AdapterName ofFormat(String promptFormat) {
    for (AdapterName name : values()) {
      String id = name.adapter().id();
      String family = id.substring(0, id.lastIndexOf('/'));
      if (promptFormat.startsWith(family + "/")) {
        return name;
      }
    }
    return CHAT;
  }
}
